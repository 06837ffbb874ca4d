import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../core/fault.ts';

/** A running simulator: where it listens, and its end. */
export type SimulatorChild = { readonly url: string; stop(): Promise<void> };

const patienceMs = 15_000;
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
  if ((await whoAnswers(url)) === 'nobody') await begin(options, pidFile);
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const who = await whoAnswers(url);
    if (who === 'simulator') return { url, stop: () => end(pidFile) };
    if (who === 'another') throw unreachable(`Something else answers on ${url}, where the simulated Azure should`);
    await new Promise((done) => setTimeout(done, pauseMs));
  }
  await end(pidFile);
  throw unreachable(`The simulated Azure does not answer on ${url}`);
}

function unreachable(what: string): Fault {
  return new Fault('simulator-unreachable', `${what}. Set KLUIS_SIM_PORT to a free port.`);
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

async function whoAnswers(url: string): Promise<'simulator' | 'another' | 'nobody'> {
  try {
    const about: unknown = await (
      await fetch(`${url}/_sim`, { signal: AbortSignal.timeout(1000) })
    )
      .json()
      .catch(() => null);
    const told = typeof about === 'object' && about !== null && 'simulator' in about ? about.simulator : null;
    return told === 'kluis' ? 'simulator' : 'another';
  } catch {
    return 'nobody';
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
