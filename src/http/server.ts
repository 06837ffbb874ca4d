import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Fault } from '../core/fault.ts';
import { loggable, type Log } from '../core/log.ts';
import { loopbackOnly } from './loopback-guard.ts';

/** The health of each part of the product: null if it is healthy, otherwise one word for why not. */
type Readiness = () => Promise<Readonly<Record<string, string | null>>>;

/** What the listener serves. `guarded`: no platform is configured, so only this machine may call. */
type Listening = {
  readonly host: string;
  readonly port: number;
  readonly guarded: boolean;
  readonly endpoints: readonly Router[];
  readonly ready: Readiness;
  /** The parts without which nobody can be answered: a readiness probe checks only these. */
  readonly needed: readonly string[];
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly log: Log;
  /** The time limit for receiving a request, head and body (30 s); after that an incomplete one is dropped. */
  readonly requestMs?: number;
};

/**
 * The listener while it runs. `drain` reports "not ready" and keeps answering, so that load balancers notice; `stop`
 * accepts no new requests and waits for those that are running.
 */
export type Listener = { readonly url: string; readonly port: number; drain(): void; stop(): Promise<void> };

/** Opens the product's one HTTP listener. */
export async function listen(options: Listening): Promise<Listener> {
  let isDraining = false;
  const app = application(options, () => isDraining);
  const server = createServer(timeouts(options.requestMs ?? 30_000), app);
  server.keepAliveTimeout = 65_000;
  const unused = unusedConnections(server);
  await opened(server, options);
  const { port } = server.address() as AddressInfo;
  const shown = options.host === '0.0.0.0' || options.host === '::' ? 'localhost' : options.host;
  const drain = () => void (isDraining = true);
  return { url: `http://${shown}:${port}`, port, drain, stop: () => closed(server, unused) };
}

/**
 * Node's own limits are minutes, checked twice a minute: enough for a thousand callers to each park a body in memory.
 */
function timeouts(requestMs: number) {
  return {
    requestTimeout: requestMs,
    headersTimeout: requestMs / 2,
    connectionsCheckingInterval: Math.min(5_000, requestMs),
  };
}

function application(options: Listening, isDraining: () => boolean) {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.get(['/healthz', '/livez'], (_, response) => void response.json({ status: 'up' }));
  app.get('/readyz', readyz(options, isDraining));
  if (options.guarded) app.use(loopbackOnly);
  app.get('/metrics', metricsz(options.metrics));
  for (const endpoint of options.endpoints) app.use(endpoint);
  app.use(helmet(), notFound, broken(options.log));
  return app;
}

/**
 * A replica stays in service while Azure or the directory is unavailable: it still answers, and says what is wrong.
 * With `?full`, for monitoring, every part counts.
 */
function readyz({ ready, needed }: Listening, isDraining: () => boolean): RequestHandler {
  return async ({ query }, response) => {
    const every = Object.entries(await ready());
    const parts = 'full' in query ? every : every.filter(([part]) => needed.includes(part));
    if (isDraining()) parts.push(['running', 'stopping']);
    const because = Object.fromEntries(parts.filter(([, why]) => why !== null));
    const told = Object.fromEntries(parts.map(([part, why]) => [part, why === null]));
    if (Object.keys(because).length === 0) return void response.json({ status: 'ready', ...told });
    response.status(503).json({ status: 'not-ready', ...told, because });
  };
}

function metricsz(metrics: Listening['metrics']): RequestHandler {
  return async (_, response) => {
    const { type, text } = await metrics();
    response.type(type).send(text);
  };
}

const notFound: RequestHandler = (_, response) => {
  response.status(404).json({ error: { code: 'not-found', message: 'There is nothing here.' } });
};

function broken(log: Log): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (error: unknown, request, response, _next) => {
    log.error({ ...loggable(error), path: request.path }, 'a request could not be answered');
    if (!response.headersSent) response.status(500).json({ error: { code: 'fault', message: 'Something broke.' } });
  };
}

function opened(server: Server, { host, port }: Listening): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      failed(
        taken ? new Fault('port-taken', `Port ${port} is taken. Set PORT to a free one, or end what uses it.`) : error,
      );
    });
    server.listen(port, host, done);
  });
}

/** Connections without a request so far: a client may open one and not need it. Node doesn't count them as idle. */
function unusedConnections(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.on('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return unused;
}

function closed(server: Server, unused: ReadonlySet<Socket>): Promise<void> {
  return new Promise((done) => {
    // A connection that is still answering (the lab's stream of changes) becomes idle only later, and would be kept
    // alive.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    setTimeout(() => server.closeAllConnections(), 5000).unref();
    for (const socket of unused) socket.destroy();
    server.close(() => {
      clearInterval(idle);
      done();
    });
  });
}
