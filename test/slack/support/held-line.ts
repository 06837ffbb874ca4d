import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Between the bot and Slack: passes calls on, and can hold one on its way. */
export type HeldLine = {
  readonly apiUrl: string;
  /** The next call of a method waits for `goOn`; `reached`: it is there. */
  holdsNext(method: string): { readonly reached: Promise<void>; readonly goOn: () => void };
  close(): Promise<void>;
};

/** A line to this Web API. */
export async function heldLine(apiUrl: string): Promise<HeldLine> {
  const held: { method: string; reached: () => void; until: Promise<void> }[] = [];
  const server = createServer(async (request, response) => {
    const { url = '', method = 'POST', headers } = request;
    const body = await buffer(request);
    const next = held.findIndex((one) => url.endsWith(`/${one.method}`));
    if (next >= 0) {
      const [{ reached, until }] = held.splice(next, 1) as [(typeof held)[number]];
      reached();
      await until;
    }
    const { authorization = '', 'content-type': type = '' } = headers;
    const answer = await fetch(new URL(url.slice(1), apiUrl), {
      method,
      body,
      headers: { authorization, 'content-type': type },
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    holdsNext: (method) => {
      const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      held.push({ method, reached: reached.resolve, until: goOn.promise });
      return { reached: reached.promise, goOn: goOn.resolve };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
