import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What the wire does with a request: an answer, `reset` (the connection is closed without one), `silence` (nothing at
 * all), or `cut` (the headers and half of the body, then the connection is closed).
 */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | 'reset'
  | 'silence'
  | 'cut'
  | ((seen: Seen) => Reply);

/** One request as it arrived. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
};

type Rule = { readonly path: RegExp; readonly replies: Reply[] };

/** A test's server that answers what the test says and records its requests. */
export type Wire = {
  readonly url: string;
  readonly seen: Seen[];
  /** Requests with a matching path get these replies in turn, and then always the last one. The newest rule wins. */
  answer(path: RegExp, ...replies: Reply[]): void;
  close(): Promise<void>;
};

/** Starts a wire on a free port. What no rule matches is answered with 404 as the resource manager would. */
export async function startWire(): Promise<Wire> {
  const rules: Rule[] = [];
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void receive(request).then((arrived) => {
      seen.push(arrived);
      const rule = rules.findLast(({ path }) => path.test(arrived.path));
      const next = rule && rule.replies.length > 1 ? rule.replies.shift() : rule?.replies[0];
      send(typeof next === 'function' ? next(arrived) : (next ?? notFound), response);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (path, ...replies) => rules.push({ path, replies }),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const notFound: Reply = {
  status: 404,
  headers: { 'x-ms-failure-cause': 'gateway' },
  body: { error: { code: 'ResourceNotFound', message: 'The Resource was not found.' } },
};

async function receive(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://wire');
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: text === '' ? null : JSON.parse(text),
  };
}

function send(reply: Exclude<Reply, (seen: Seen) => Reply> | Reply, response: ServerResponse): void {
  if (typeof reply === 'function' || reply === 'silence') return;
  if (reply === 'reset') return void response.socket?.resetAndDestroy();
  if (reply === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"value":[', () => response.socket?.destroy());
    return;
  }
  const { status = 200, headers = {}, body } = reply;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { ...(text === '' ? {} : { 'content-type': 'application/json' }), ...headers });
  response.end(text);
}
