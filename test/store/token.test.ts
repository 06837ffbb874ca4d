import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { openQueue } from '../../src/jobs/queue.ts';
import { silent } from '../../src/core/log.ts';
import { openToRead } from '../../src/store/open-to-read.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openTestDatabase } from '../support/databases.ts';

/** AuthenticationCleartextPassword: how Azure Database for PostgreSQL requests a token. */
const asksForPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);

/** A connection to a server that asks every client for a password, and accepts any. */
async function openGate(port: number) {
  const given: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    sockets.add(near);
    near.once('data', (startup: Buffer) => {
      near.write(asksForPassword);
      near.once('data', (answer: Buffer) => {
        given.push(answer.subarray(5, -1).toString());
        const far = connect(port, '127.0.0.1');
        sockets.add(far);
        far.write(startup);
        far.pipe(near).pipe(far);
        for (const end of [near, far]) end.on('error', () => (near.destroy(), far.destroy()));
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { port: (server.address() as AddressInfo).port, given, close };
}

test('each connection authenticates with a token of its own, and none with a password', async () => {
  const { connectionString, schema, end } = await openTestDatabase('postgres');
  const url = new URL(connectionString!);
  const gate = await openGate(Number(url.port));
  url.port = String(gate.port);
  url.password = '';
  let made = 0;
  const token = async () => `token-${(made += 1)}`;
  const database = await openPostgres({ connectionString: url.href, token, schema, connections: 2, log: silent });
  const pooled = gate.given.length;
  const queue = await openQueue({ database, pollSeconds: 2, log: silent });
  await queue.depth();
  expect(pooled).toBeGreaterThan(0);
  expect(gate.given.length).toBeGreaterThan(pooled); // the queue has connections of its own
  const read = await openToRead({ databaseUrl: url.href, dataDir: 'none', token });
  expect(gate.given).toEqual(gate.given.map((_, at) => `token-${at + 1}`));
  await read.close();
  await queue.stop(1000);
  await database.close();
  await gate.close();
  await end();
});
