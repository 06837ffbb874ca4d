import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../core/clock.ts';
import { contoso } from './estate/contoso.ts';
import { handlerOf } from './serve.ts';
import { readState, storeIn } from './store.ts';
import type { World } from './world.ts';

/** How a simulator is started: without `statePath` it keeps nothing; port 0 takes a free one. */
export type SimulatorOptions = {
  port?: number;
  host?: string;
  statePath?: string;
  speed?: number;
  now?: () => Date;
};

/** A running simulator. `close` ends it and writes its state. */
export type Simulator = { url: string; close(): Promise<void> };

/**
 * Starts the simulated Azure: an HTTP server that speaks as ARM, Key Vault and Microsoft Graph do, over the estate of
 * `statePath`, or a fresh one. Rejects when the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const realNow = options.now ?? systemClock.now;
  const state = readState(options.statePath) ?? contoso(realNow());
  const world: World = {
    state,
    speed: options.speed ?? 60,
    now: () => new Date(realNow().getTime() + world.state.clockOffsetMs),
    changed: () => store.changed(),
  };
  const store = storeIn(options.statePath, () => world.state);
  const handler = handlerOf(world);
  const server = createServer((request, response) => {
    handler(request, response).catch(() => response.destroy());
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  store.flush();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          store.flush();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
