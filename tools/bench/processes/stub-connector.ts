/** A stub of the chat platform: it accepts every message and edit, and records when it came. It keeps no chat. */
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A received message or edit. `conversation` is the platform's own ID. */
type Arrival = {
  readonly at: number;
  readonly conversation: string;
  readonly edit: boolean;
  readonly body: string;
};

/** A running stub. `onArrival` is called for each message; the body is only passed if somebody listens. */
export type StubConnector = {
  readonly serviceUrl: string;
  readonly count: () => number;
  onArrival: ((arrival: Arrival) => void) | null;
  close(): Promise<void>;
};

/** How a stub answers its n-th request, and after how long; by default like the connector of Teams, at once. */
type StubAnswers = { readonly answerOf?: (count: number) => object; readonly afterMs?: number };

/** Starts it on a free port. */
export async function startConnector(answers: StubAnswers = {}): Promise<StubConnector> {
  const { answerOf = (n) => ({ id: `m-${n}` }), afterMs = 0 } = answers;
  let count = 0;
  const server = createServer((request, response) => {
    void textOf(request).then(async (body) => {
      if (afterMs > 0) await pause(afterMs);
      count += 1;
      const conversation = decodeURIComponent((request.url ?? '').split('/')[3] ?? '');
      connector.onArrival?.({ at: Date.now(), conversation, edit: request.method === 'PUT', body });
      const answer = JSON.stringify(answerOf(count));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connector: StubConnector = {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    count: () => count,
    onArrival: null,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return connector;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
