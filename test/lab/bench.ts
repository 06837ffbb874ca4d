import type { AddressInfo } from 'node:net';
import express from 'express';
import { createLab } from '../../src/lab/lab.ts';

/** An activity as the bot under test receives it. */
export type Received = {
  type: string;
  id: string;
  text?: string;
  name?: string;
  value?: unknown;
  serviceUrl: string;
  replyToId?: string;
  from: { id: string };
  conversation: { id: string };
} & Record<string, unknown>;

/** What the bot answers over HTTP to an activity; undefined is an empty 200. */
export type BotAnswer = { status?: number; body?: unknown } | undefined;

/** A bot: answers an activity, and may call the connector. */
export type Bot = (activity: Received, connector: Connector) => Promise<BotAnswer> | BotAnswer;

/** The connector as a bot calls it. */
export type Connector = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** The answer to any request of the tests. */
export type Answer = { status: number; body: Body; headers: Headers };

/** Everything that an answer of the lab, of its connector or of a bot may contain; each call fills its own part. */
export type Body = {
  id: string;
  activityId: string;
  conversation: string;
  error: { code: string; message: string };
  messages: Seen[];
  conversations: { id: string; threads: unknown[] }[];
  locale: string;
  activities: { seq: number; status: number; fault?: true }[];
  bot: { status: number } | null;
  results: unknown[];
  members: { id: string; name: string }[];
  continuationToken?: string;
};

/** A message as the lab's API shows it. */
export type Seen = {
  id: string;
  text: string;
  card: { body: { text: string }[] };
  revisions: { text: string }[];
  note?: { kind: string; text: string };
  edited?: string;
  deleted?: string;
};

/** The lab on a free port, with a bot behind `/api/messages` on the same server. */
export type Bench = AsyncDisposable & {
  url: string;
  received: Received[];
  connector: Connector;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
};

/** Options of the lab; the port only where a bench follows another one on the same address. */
export type BenchOptions = Partial<Parameters<typeof createLab>[0]> & { port?: number };

/** Starts a bench; it stops when it goes out of scope. */
export async function startBench(bot: Bot, { port = 0, ...options }: BenchOptions = {}): Promise<Bench> {
  const app = express();
  const received: Received[] = [];
  const server = await new Promise<ReturnType<typeof app.listen>>((resolve) => {
    const listening = app.listen(port, '127.0.0.1', () => resolve(listening));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lab = createLab({ botEndpoint: () => `${url}/api/messages`, baseUrl: () => url, ...options });
  app.use(lab.router);
  app.post('/api/messages', express.json(), async (request, response) => {
    const activity = request.body as Received;
    received.push(activity);
    const answer = await bot(activity, (method, path, body) => call(method, `${activity.serviceUrl}${path}`, body));
    response.status(answer?.status ?? 200);
    if (answer?.body === undefined) response.end();
    else response.json(answer.body);
  });
  return {
    url,
    received,
    connector: (method, path, body) => call(method, `${url}/_lab/connector/${path}`, body),
    get: (path) => call('GET', url + path),
    post: (path, body) => call('POST', url + path, body),
    async [Symbol.asyncDispose]() {
      await lab.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One request with a JSON body. */
// oxlint-disable-next-line max-params -- a request line reads best in its own order
export async function call(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...sent });
  const text = await response.text();
  return {
    status: response.status,
    body: /^[[{]/.test(text) ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

/** A message with one card, as a bot sends it. */
export function cardMessage(card: object) {
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] };
}
