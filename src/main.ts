import { mkdir, readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { ensureSimulator } from './cli/simulator-child.ts';
import { startKluis } from './compose.ts';
import { sayProblem, type Problem } from './config/problem.ts';
import { defaultConfig, parseKluisYaml } from './config/kluis-yaml.ts';
import type { KluisConfig } from './config/kluis-config.ts';
import { readSettings, type Settings } from './config/settings.ts';
import { Fault } from './core/fault.ts';
import { loggable } from './core/log.ts';

/** Starts the product, prints where everything is, and ends it on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const read = readSettings(process.env);
  if ('problems' in read) return refuse(read.problems);
  const { settings } = read;
  const config = await readConfig(settings);
  if ('problems' in config) return refuse(config.problems);
  const log = pino({ level: settings.logLevel }, pino.destination(2));
  await mkdir(settings.dataDir, { recursive: true });
  const simulated = settings.azure.mode === 'simulator';
  const simulator = simulated ? await ensureSimulator({ ...settings.simulator, dataDir: settings.dataDir }) : null;
  const kluis = await startKluis({ settings, config: config.config, log, simulatorUrl: simulator?.url ?? null });
  announce(settings, { url: kluis.url, simulator: simulator?.url ?? null });
  const end = async () => {
    await kluis.stop();
    await simulator?.stop();
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
  process.on('unhandledRejection', (error) => log.error(loggable(error), 'something was not handled'));
}

async function readConfig(settings: Settings): Promise<ReturnType<typeof parseKluisYaml> | { config: KluisConfig }> {
  try {
    return parseKluisYaml(
      await readFile(settings.configPath, 'utf8'),
      settings.configPath,
      defaultConfig(settings.azure.mode),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || settings.configPathGiven) throw error;
    return { config: defaultConfig(settings.azure.mode) };
  }
}

function announce(settings: Settings, at: { url: string; simulator: string | null }): void {
  console.log(`Kluis listens on ${at.url}`);
  if (!settings.platformConfigured) console.log(`Open the chat:     ${at.url}/`);
  if (at.simulator) console.log(`Simulated Azure:   ${at.simulator}`);
  console.log('Type first:        /backup vm-sql-01');
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
  process.exitCode = 2;
}
