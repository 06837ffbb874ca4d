import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Fault } from '../core/fault.ts';
import { loggable, type Log } from '../core/log.ts';
import type { Release } from '../core/release.ts';
import { loopbackOnly } from './loopback-guard.ts';

/** The health of each part of the product: null if it is healthy, otherwise one word for why not. */
type Readiness = () => Promise<Readonly<Record<string, string | null>>>;

/** What the listener serves. `guarded`: no platform is configured, so only this machine may call. */
type Listening = {
  readonly host: string;
  readonly port: number;
  /** The port of their own for `/metrics` and `/readyz?full`; without one they are on `port`. */
  readonly monitoringPort?: number | null;
  readonly guarded: boolean;
  readonly endpoints: readonly Router[];
  readonly ready: Readiness;
  /** Which release answers, for `/readyz?full`. */
  readonly release: Release;
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

/** Opens the product's HTTP listener, and the one for monitoring if that has a port of its own. */
export async function listen(options: Listening): Promise<Listener> {
  let isDraining = false;
  const { host, monitoringPort = null } = options;
  const open = (serves: Serves, setting: PortSetting) => {
    const app = application(options, serves, () => isDraining);
    return opened(createServer(timeouts(options.requestMs ?? 30_000), app), { host, ...setting });
  };
  const monitoring =
    monitoringPort === null ? null : await open('monitoring', { name: 'KLUIS_MONITORING_PORT', port: monitoringPort });
  const main = await open(monitoring ? 'all but monitoring' : 'everything', { name: 'PORT', port: options.port });
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const drain = () => void (isDraining = true);
  const stop = async () => void (await Promise.all([main.stop(), monitoring?.stop()]));
  return { url: `http://${shown}:${main.port}`, port: main.port, drain, stop };
}

/** What a port serves: monitoring is `/metrics` and `/readyz?full`; the probes are on every port. */
type Serves = 'everything' | 'all but monitoring' | 'monitoring';

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

function application(options: Listening, serves: Serves, isDraining: () => boolean) {
  const isMonitored = serves !== 'all but monitoring';
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.get(['/healthz', '/livez'], (_, response) => void response.json({ status: 'up' }));
  const readiness = readyz(options, isDraining);
  app.get('/readyz', (request, response, next) =>
    isMonitored || !('full' in request.query) ? readiness(request, response, next) : next(),
  );
  if (options.guarded) app.use(loopbackOnly);
  if (isMonitored) app.get('/metrics', metricsz(options.metrics));
  if (serves !== 'monitoring') for (const endpoint of options.endpoints) app.use(endpoint);
  app.use(helmet(), notFound, broken(options.log));
  return app;
}

/**
 * A replica stays in service while Azure or the directory is unavailable: it still answers, and says what is wrong.
 * With `?full`, for monitoring, every part counts.
 */
function readyz({ ready, needed, release }: Listening, isDraining: () => boolean): RequestHandler {
  return async ({ query }, response) => {
    const every = Object.entries(await ready());
    const parts = 'full' in query ? every : every.filter(([part]) => needed.includes(part));
    if (isDraining()) parts.push(['running', 'stopping']);
    const because = Object.fromEntries(parts.filter(([, why]) => why !== null));
    const told = {
      ...Object.fromEntries(parts.map(([part, why]) => [part, why === null])),
      ...('full' in query && release),
    };
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
  // oxlint-disable-next-line max-params
  return (error: unknown, request, response, next) => {
    // A path that can't be decoded: anybody can ask for one.
    if (error instanceof URIError && !response.headersSent) return notFound(request, response, next);
    log.error({ ...loggable(error), path: request.path }, 'a request could not be answered');
    if (!response.headersSent) response.status(500).json({ error: { code: 'fault', message: 'Something broke.' } });
  };
}

/** A port to open, and the setting that it is from. */
type PortSetting = { readonly name: string; readonly port: number };

async function opened(server: Server, { host, name, port }: PortSetting & { readonly host: string }) {
  server.keepAliveTimeout = 65_000;
  const unused = unusedConnections(server);
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const message = `Port ${port} is taken. Set ${name} to a free one, or end what uses it.`;
      failed(taken ? new Fault('port-taken', message) : error);
    });
    server.listen(port, host, done);
  });
  return { port: (server.address() as AddressInfo).port, stop: () => closed(server, unused) };
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
