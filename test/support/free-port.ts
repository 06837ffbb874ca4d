import { once } from 'node:events';
import { createServer } from 'node:net';

const perWorker = 500;
const first = 20_000 + perWorker * (Number(process.env['JEST_WORKER_ID'] ?? 0) % 24);
/** It starts where another run on this machine most likely doesn't. */
let given = process.pid;

/**
 * A port that nothing listens on, and that nobody else takes before the caller does: it is below those that the system
 * gives to whoever asks for any port (32768 and up), and each of Jest's workers has its own.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < perWorker; tries += 1) {
    given += 1;
    const port = first + (given % perWorker);
    if (await isFree(port)) return port;
  }
  throw new Error(`every port from ${first} to ${first + perWorker - 1} is taken`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
