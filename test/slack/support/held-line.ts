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
  let held: { method: string; reached: () => void; until: Promise<void> } | null = null;
  const server = createServer(async (request, response) => {
    const { url = '', method = 'POST', headers } = request;
    const body = await buffer(request);
    if (held && url.endsWith(`/${held.method}`)) {
      const { reached, until } = held;
      held = null;
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
      held = { method, reached: reached.resolve, until: goOn.promise };
      return { reached: reached.promise, goOn: goOn.resolve };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
