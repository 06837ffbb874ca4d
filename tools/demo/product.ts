/** The product as `npm start` starts it, in its own folder and on free ports, for as long as it is needed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { houseRules } from './house-rules.ts';

/** A running product: the URLs of its chat and of its simulated Azure, and its end, which leaves nothing behind. */
type RunningProduct = { readonly url: string; readonly simulatorUrl: string; stop(): Promise<void> };

const program = fileURLToPath(new URL('../../src/start.js', import.meta.url));
/** A first start compiles everything, which takes more than a minute on a busy machine. */
const startsWithinMs = 180_000;
const endsWithinMs = 15_000;

/** Starts it; `speed` is how much faster than Azure the simulator runs. */
export async function startProduct(speed: number): Promise<RunningProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-demo-'));
  const env = {
    PATH: process.env.PATH ?? '',
    PORT: '0',
    KLUIS_SIM_PORT: String(await freePort()),
    KLUIS_SIM_SPEED: String(speed),
    KLUIS_DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'error',
  };
  // In this folder it finds the rules of the scenes, and nothing else.
  await writeFile(join(folder, 'kluis.yaml'), houseRules);
  const child = spawn(process.execPath, [program], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = () => end(child, { folder, pidFile: join(folder, 'data', 'simulator.pid') });
  try {
    return { ...(await addresses(child)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads what the product prints once its endpoints are open. */
async function addresses(child: ChildProcess): Promise<{ url: string; simulatorUrl: string }> {
  let said = '';
  const signal = AbortSignal.timeout(startsWithinMs);
  const dead = once(child, 'exit', { signal }).then(
    () => 'it ended at once',
    () => `it did not start within ${startsWithinMs / 1000} s`,
  );
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const told = new Promise<{ url: string; simulatorUrl: string }>((done) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /Kluis listens on (\S+)/.exec(said)?.[1];
      const simulatorUrl = /Simulated Azure:\s+(\S+)/.exec(said)?.[1];
      if (url && simulatorUrl) done({ url, simulatorUrl });
    });
  });
  const first = await Promise.race([told, dead]);
  if (typeof first === 'string') throw new Error(`starting the product: ${first}. It said: ${said}`);
  return first;
}

/** SIGTERM shuts it down cleanly, including its simulator; whatever is left of the simulator is ended by its own ID. */
async function end(child: ChildProcess, left: { folder: string; pidFile: string }): Promise<void> {
  const simulator = Number(await readFile(left.pidFile, 'utf8').catch(() => '0'));
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(endsWithinMs) }).catch(() => child.kill('SIGKILL'));
    child.kill('SIGTERM');
    await ended;
  }
  try {
    if (simulator > 0) process.kill(simulator, 'SIGTERM');
  } catch {
    // it ended with the product
  }
  await rm(left.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Below the ports that the system gives to others, who could take it before the simulator listens there. */
async function freePort(triesLeft = 20): Promise<number> {
  const port = randomInt(10_000, 20_000);
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (triesLeft === 0) throw error;
    return freePort(triesLeft - 1);
  }
  await new Promise((done) => server.close(done));
  return port;
}
