/**
 * A proxy to PostgreSQL in its own process: answers come so many milliseconds later, as over a network, and it counts
 * how often one was waited for.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { answering } from './child.ts';

/** Where it connects to, and how much later an answer comes. */
export type LinePlan = { readonly host: string; readonly port: number; readonly answersAfterMs: number };

answering<LinePlan>(async ({ host, port, answersAfterMs }) => {
  let roundTrips = 0;
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host, port, noDelay: true });
    let isAnswered = true;
    near.on('data', (asked) => {
      // A query sent before the last answer has come is waited for together with it.
      if (isAnswered) roundTrips += 1;
      isAnswered = false;
      far.write(asked);
    });
    far.on('data', (answer) => {
      isAnswered = true;
      setTimeout(() => near.write(answer), answersAfterMs);
    });
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        setTimeout(() => other.destroy(), answersAfterMs);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ready: () => ({ port: (server.address() as AddressInfo).port }),
    roundTrips: () => roundTrips,
    close: async () => {
      server.close();
      open.forEach((socket) => socket.destroy());
    },
  };
});
