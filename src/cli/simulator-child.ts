import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../core/fault.ts';

/** A running simulator: where it listens, and its end. */
export type SimulatorChild = { readonly url: string; stop(): Promise<void> };

const tries = 100;
const pauseMs = 100;
const program = fileURLToPath(new URL('../sim/main.ts', import.meta.url));

/**
 * The simulator as a process of its own, so that a restart or a kill of the bot does not take Azure with it. One that is
 * left from before is used again. `stop` ends it, also the one from before.
 */
export async function ensureSimulator(options: {
  readonly port: number;
  readonly speed: number;
  readonly dataDir: string;
}): Promise<SimulatorChild> {
  const url = `http://127.0.0.1:${options.port}`;
  const pidFile = join(options.dataDir, 'simulator.pid');
  if (!(await answers(url))) await begin(options, pidFile);
  for (let n = 0; n < tries; n++) {
    if (await answers(url)) return { url, stop: () => end(pidFile) };
    await new Promise((done) => setTimeout(done, pauseMs));
  }
  throw new Fault(
    'simulator-unreachable',
    `The simulator does not answer on ${url}. Set KLUIS_SIM_PORT to a free port.`,
  );
}

async function begin(options: { port: number; speed: number; dataDir: string }, pidFile: string): Promise<void> {
  const env = {
    PATH: process.env.PATH ?? '',
    KLUIS_SIM_PORT: String(options.port),
    KLUIS_SIM_SPEED: String(options.speed),
    KLUIS_DATA_DIR: options.dataDir,
  };
  const child = spawn(process.execPath, [program], { env, stdio: 'ignore', detached: true });
  child.unref();
  if (child.pid !== undefined) await writeFile(pidFile, String(child.pid));
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_sim/clock`, { signal: AbortSignal.timeout(1000) })).status < 500;
  } catch {
    return false;
  }
}

async function end(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  await rm(pidFile, { force: true });
  try {
    if (pid > 0) process.kill(pid, 'SIGTERM');
  } catch {
    // it has ended already
  }
}
