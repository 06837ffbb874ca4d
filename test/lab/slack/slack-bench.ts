import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SlackEmulatorOptions } from '../../../src/lab/slack/emulator-parts.ts';
import { startSlackEmulator, type SlackEmulator } from '../../../src/lab/slack/slack-emulator.ts';

/** A request as the bot's endpoint receives it. */
export type Received = { headers: IncomingHttpHeaders; raw: string; fields: Record<string, unknown> };

/** The bot's answer: nothing is an empty 200; `never` keeps Slack waiting. */
export type Answer = { status?: number; body?: unknown } | 'never' | undefined;

/** Any JSON of the tests. */
// oxlint-disable-next-line typescript/no-explicit-any -- each test reads its own part of it
export type Json = any;

/** The emulator with a bot's endpoint, and a clock that stands still until a test advances it. */
export type SlackBench = AsyncDisposable & {
  emulator: SlackEmulator;
  received: Received[];
  /** A method of the Web API, with the bot's token, as a form; objects are sent as JSON in it. */
  api(method: string, args?: Record<string, unknown>): Promise<Json>;
  control(path: string, body?: object): Promise<Json>;
  read(path: string): Promise<Json>;
  pass(milliseconds: number): void;
};

export const signingSecret = 'a signing secret of the tests';
export const token = 'xoxb-of-the-tests';

type Bot = (received: Received) => Answer | Promise<Answer>;

/** Starts an emulator and a bot with these answers; both end when it goes out of scope. */
export async function startSlackBench(
  bot: Bot = () => undefined,
  options: Partial<SlackEmulatorOptions> = {},
): Promise<SlackBench> {
  const received: Received[] = [];
  const endpoint = createServer(async (request, response) => {
    let raw = '';
    for await (const part of request) raw += part;
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    const form = isForm ? Object.fromEntries(new URLSearchParams(raw)) : JSON.parse(raw);
    const one = { headers: request.headers, raw, fields: form.payload ? JSON.parse(form.payload) : form };
    received.push(one);
    const answer = await bot(one);
    if (answer === 'never') return;
    const body = answer?.body === undefined ? '' : JSON.stringify(answer.body);
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' }).end(body);
  });
  endpoint.listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  const botUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
  let at = Date.parse('2026-11-25T09:00:00Z');
  const now = () => new Date(at);
  const emulator = await startSlackEmulator({ port: 0, botUrl: () => botUrl, signingSecret, token, now, ...options });
  return {
    emulator,
    received,
    api: (method, args = {}) => callApi(emulator, method, args),
    control: (path, body = {}) => json(`${emulator.url}/_slack/${path}`, body),
    read: (path) => json(`${emulator.url}/_slack/${path}`),
    pass: (milliseconds) => {
      at += milliseconds;
    },
    async [Symbol.asyncDispose]() {
      await emulator.close();
      endpoint.closeAllConnections();
      endpoint.close();
      await once(endpoint, 'close');
    },
  };
}

async function callApi({ apiUrl }: SlackEmulator, method: string, args: Record<string, unknown>): Promise<Json> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(args))
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(apiUrl + method, { method: 'POST', headers, body: form });
  return {
    http: response.status,
    retryAfter: response.headers.get('retry-after'),
    ...((await response.json()) as object),
  };
}

async function json(url: string, body?: object): Promise<Json> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, body && { method: 'POST', headers, body: JSON.stringify(body) });
  return { http: response.status, ...((await response.json()) as object) };
}
