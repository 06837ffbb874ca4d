import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { ensureSimulator, type SimulatorChild } from './cli/simulator-child.ts';
import type { Kluis, startKluis } from './compose.ts';
import { notInImage } from './compose/not-in-image.ts';
import { sayProblem, type Problem } from './config/problem.ts';
import { defaultConfig, parseKluisYaml } from './config/kluis-yaml.ts';
import type { KluisConfig } from './config/kluis-config.ts';
import { readSettings, type Settings } from './config/settings.ts';
import { Fault } from './core/fault.ts';
import { goThroughProxy } from './outbound/proxy.ts';
import type { Log } from './core/log.ts';
import { releaseName } from './core/release.ts';
import { logUncaught } from './core/uncaught.ts';
import { lockFolder, makeFolder } from './store/folder-lock.ts';

/** Starts the product, prints where everything is, and ends it on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const read = readSettings(process.env);
  if ('problems' in read) return refuse(read.problems);
  const { settings } = read;
  goThroughProxy(process.env);
  const missing = notInImage(settings);
  if (missing.length > 0) return refuse(missing);
  const config = await readConfig(settings);
  if ('problems' in config) return refuse(config.problems);
  const base = { pid: process.pid, hostname: hostname(), release: releaseName(settings.release) };
  const log = pino({ level: settings.logLevel, base, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  logUncaught(log);
  // A process that does not get the folder touches nothing of the one that has it.
  const lock = settings.databaseUrl === null ? await lockFolder(settings.dataDir) : null;
  const simulator = settings.azure.mode === 'simulator' ? await simulatorFor(settings, lock !== null, log) : null;
  const parts = { settings, config: config.config, log, lock, simulatorUrl: simulator?.url ?? null };
  const kluis = await start(parts).catch(async (error: unknown) => {
    await simulator?.stop();
    throw error;
  });
  const end = async () => {
    kluis.drain();
    await pause(settings.drainSeconds * 1000);
    await kluis.stop();
    await simulator?.stop();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
  log.info({ node: process.version }, 'Kluis started');
  announce(settings, { url: kluis.url, simulator });
}

/** The product is loaded here: a start that is refused before it takes a fraction of the time. */
async function start(parts: Parameters<typeof startKluis>[0]): Promise<Kluis> {
  return (await import('./compose.ts')).startKluis(parts);
}

async function simulatorFor({ simulator, dataDir }: Settings, isAlone: boolean, log: Log): Promise<SimulatorChild> {
  await makeFolder(dataDir);
  return ensureSimulator({ ...simulator, dataDir, isAlone, log });
}

async function readConfig(settings: Settings): Promise<ReturnType<typeof parseKluisYaml> | { config: KluisConfig }> {
  try {
    return parseKluisYaml(
      await readFile(settings.configPath, 'utf8'),
      settings.configPath,
      defaultConfig(settings.azure.mode),
    );
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !settings.configPathGiven) return { config: defaultConfig(settings.azure.mode) };
    const wrong = code === 'ENOENT' ? `there is no file ${settings.configPath}` : message;
    const remedy = 'Set it to the path of your kluis.yaml, or leave it out';
    return { problems: [{ subject: 'KLUIS_CONFIG', wrong, remedy, at: null }] };
  }
}

function announce(settings: Settings, at: { url: string; simulator: SimulatorChild | null }): void {
  console.log(`Kluis listens on ${at.url}`);
  if (!settings.platformConfigured) console.log(`Open the chat:     ${at.url}/`);
  if (at.simulator) console.log(`Simulated Azure:   ${at.simulator.url}`);
  if (at.simulator?.setAside)
    console.log(`New simulation:    its file was broken and is kept as ${at.simulator.setAside}`);
  if (!settings.platformConfigured) console.log('Type first:        /backup vm-sql-01');
}

function refuse(problems: readonly Problem[]): void {
  console.error('Kluis does not start:');
  for (const problem of problems) console.error(`  ${sayProblem(problem)}`);
  process.exitCode = 2;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`Kluis does not start: ${error.message}`);
  process.exit(2); // what was opened before it must not keep the process
}
