import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createBackoff } from '../core/backoff.ts';
import { Fault } from '../core/fault.ts';
import { loggable, type Log } from '../core/log.ts';
import { unusable } from '../store/folder-lock.ts';

/**
 * A running simulator: where it listens, and its end. `setAside`: the new name of a state file that it couldn't read;
 * the estate is new then.
 */
export type SimulatorChild = { readonly url: string; readonly setAside: string | null; stop(): Promise<void> };

/**
 * How it is started. `isAlone`: no other process uses this data folder, so a simulator that was left in it belongs to
 * this process now.
 */
type SimulatorOptions = {
  readonly port: number;
  readonly speed: number;
  readonly dataDir: string;
  readonly isAlone: boolean;
  readonly log: Log;
};

const timeoutMs = 15_000;
const pauseMs = 100;
const lookMs = 500;
const okTtlMs = 60_000;
const program = fileURLToPath(new URL('../sim/main.ts', import.meta.url));

const aboutSchema = z.object({
  simulator: z.literal('kluis'),
  pid: z.number(),
  statePath: z.string().nullable(),
  setAside: z.string().nullable(),
});
type About = z.output<typeof aboutSchema>;

/**
 * The simulator as its own process, so that a restart or a kill of the bot doesn't take Azure with it. One that already
 * answers is used. It belongs to this process if it was started here, or left in this folder by a process that is gone:
 * then it is restarted when it dies, and `stop` ends it. Another process's is left alone.
 */
export async function ensureSimulator(options: SimulatorOptions): Promise<SimulatorChild> {
  const url = `http://127.0.0.1:${options.port}`;
  const pidFile = join(options.dataDir, 'simulator.pid');
  const before = await whoAnswers(url);
  const begun = before === 'nobody' ? await begin(options, pidFile) : null;
  const about = await answering(url).catch((error: unknown) => {
    endProcess(begun);
    throw error;
  });
  const own = about.pid === begun || (options.isAlone && about.statePath === statePathIn(options));
  if (!own) return { url, setAside: null, stop: async () => {} };
  const alive = keepAlive(about.pid, () => begin(options, pidFile), options.log);
  const stop = async () => {
    endProcess(await alive.stop());
    await rm(pidFile, { force: true });
  };
  return { url, setAside: begun === null ? null : about.setAside, stop };
}

function statePathIn({ dataDir }: SimulatorOptions): string {
  return join(resolve(dataDir), 'simulator.json');
}

async function answering(url: string): Promise<About> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    const who = await whoAnswers(url);
    if (who === 'another') throw unreachable(`Something else answers on ${url}, where the simulated Azure should`);
    if (who !== 'nobody') return who;
    await pause(pauseMs);
  }
  throw unreachable(`The simulated Azure does not answer on ${url}`);
}

function unreachable(what: string): Fault {
  return new Fault('simulator-unreachable', `${what}. Set KLUIS_SIM_PORT to a free port.`);
}

async function begin(options: SimulatorOptions, pidFile: string): Promise<number> {
  const env = {
    PATH: process.env.PATH ?? '',
    KLUIS_SIM_PORT: String(options.port),
    KLUIS_SIM_SPEED: String(options.speed),
    KLUIS_DATA_DIR: resolve(options.dataDir),
  };
  const child = spawn(process.execPath, [program], { env, stdio: 'ignore', detached: true });
  child.unref();
  if (child.pid === undefined) throw unreachable('The simulated Azure could not be started');
  await writeFile(pidFile, String(child.pid)).catch((error: unknown) => {
    child.kill();
    unusable(options.dataDir)(error);
  });
  return child.pid;
}

/** Restarts the process when it has died, with backoff if it dies again soon. `stop` resolves with the running one. */
function keepAlive(first: number, again: () => Promise<number>, log: Log): { stop(): Promise<number> } {
  const backoff = createBackoff();
  let [pid, since] = [first, performance.now()];
  const look = async () => {
    if (isAlive(pid)) {
      if (performance.now() - since > okTtlMs) backoff.worked('simulator');
    } else if (backoff.restMs('simulator') === 0) {
      backoff.failed('simulator');
      log.warn({ pid }, 'the simulated Azure had exited; it is restarted with its saved state');
      [pid, since] = [await again(), performance.now()];
    }
  };
  let looking = Promise.resolve();
  const lookOnce = () =>
    look().catch((error: unknown) => log.error(loggable(error), 'the simulated Azure could not be started again'));
  const timer = setInterval(() => (looking = looking.then(lookOnce)), lookMs).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      return pid;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function whoAnswers(url: string): Promise<About | 'another' | 'nobody'> {
  try {
    const response = await fetch(`${url}/_sim`, { signal: AbortSignal.timeout(1000) });
    const about: unknown = await response.json().catch(() => null);
    return aboutSchema.safeParse(about).data ?? 'another';
  } catch {
    return 'nobody';
  }
}

function endProcess(pid: number | null): void {
  try {
    if (pid !== null) process.kill(pid, 'SIGTERM');
  } catch {
    // it has already ended
  }
}
