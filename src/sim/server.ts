import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../core/clock.ts';
import { contoso } from './estate/contoso.ts';
import { BodyTooLarge } from './http/body.ts';
import { isOwnMachine, refuse } from './http/own-machine.ts';
import { handlerOf } from './serve.ts';
import { readState, storeIn } from './state/store.ts';
import type { World } from './state/world.ts';

/** How a simulator is started: without `statePath` it saves nothing; port 0 takes a free one. */
export type SimulatorOptions = {
  port?: number;
  host?: string;
  statePath?: string;
  speed?: number;
  now?: () => Date;
  /** A second endpoint with TLS, for clients that send no token without it. */
  tls?: { port: number; cert: string; key: string };
};

/** A client whose process was busy for seconds still finds its connection open. */
const keepAlive = { keepAliveTimeout: 65_000 };

/** A running simulator. `close` ends it and writes its state. */
type Simulator = { url: string; tlsUrl: string | null; setAside: string | null; close(): Promise<void> };

/**
 * Starts the simulated Azure: an HTTP server that behaves as ARM, Key Vault and Microsoft Graph, with the estate in
 * `statePath` or a new one. Rejects when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const realNow = options.now ?? systemClock.now;
  const kept = readState(options.statePath);
  const world: World = {
    state: kept.state ?? contoso(realNow()),
    speed: options.speed ?? 60,
    now: () => new Date(realNow().getTime() + world.state.clockOffsetMs),
    changed: () => store.changed(),
  };
  const store = storeIn(options.statePath, () => world.state);
  const about = { pid: process.pid, statePath: options.statePath ?? null, setAside: kept.setAside };
  const handler = handlerOf(world, about);
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (!isOwnMachine(request)) return refuse(request, response, 403);
    handler(request, response).catch((error: unknown) => {
      if (error instanceof BodyTooLarge) refuse(request, response, 413);
      else response.destroy();
    });
  };
  const host = options.host ?? '127.0.0.1';
  const endpoints = [await open(createServer(keepAlive, onRequest), { port: options.port ?? 0, host })];
  if (options.tls)
    endpoints.push(
      await open(createTlsServer({ ...keepAlive, ...options.tls }, onRequest), { port: options.tls.port, host }),
    );
  const [url, tlsUrl] = endpoints.map((endpoint, at) => `${at === 0 ? 'http' : 'https'}://${host}:${portOf(endpoint)}`);
  store.flush();
  return {
    url: url ?? '',
    tlsUrl: tlsUrl ?? null,
    setAside: kept.setAside,
    close: async () => {
      await Promise.all(endpoints.map(shut));
      await store.close();
    },
  };
}

async function open(server: Server, at: { port: number; host: string }): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
