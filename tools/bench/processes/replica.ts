/** The product in a separate process, as with `npm start`, on a given database and Azure. */
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { startKluis, type Kluis } from '../../../src/compose.ts';
import { defaultConfig, parseKluisYaml } from '../../../src/config/kluis-yaml.ts';
import { readSettings } from '../../../src/config/settings.ts';
import { defaultLeases, type Leases } from '../../../src/bot/leases.ts';
import { estateOf } from '../../../src/bot/estate/estate.ts';
import { readDigest } from '../../../src/views/digest/read-digest.ts';
import { readForecastFacts } from '../../../src/views/forecast/forecast-facts.ts';
import { forecastOf } from '../../../src/views/forecast/forecast-of.ts';
import { readTable } from '../../../src/operations/backup/protect/batch/read-table.ts';
import { readVm } from '../../../src/operations/backup/protect/read-vm.ts';
import { refreshInventory } from '../../../src/bot/estate/inventory.ts';
import type { Failpoint } from '../../../src/core/failpoint.ts';
import { silent } from '../../../src/core/log.ts';
import { realWaits, type Waits } from '../../../src/operations/list.ts';
import { scaledWaits } from '../../../src/operations/ground/waits.ts';
import { createReadinessCache } from '../../../src/readiness/gather/gather.ts';
import { openPostgres } from '../../../src/store/postgres.ts';
import { answering } from './child.ts';
import { unfinished } from '../unfinished.ts';
import { hurry, usage } from '../usage.ts';

/** How a replica is made. `speed` divides the waits for Azure; by default they are the product's own. */
export type ReplicaPlan = {
  readonly database: { readonly url: string; readonly schema: string } | { readonly folder: string };
  readonly simulatorUrl: string;
  readonly dataDir: string;
  readonly port?: number;
  readonly speed?: number;
  readonly waits?: Partial<Waits>;
  readonly leases?: Partial<Leases>;
  readonly editGapMs?: number;
  readonly config?: string;
  /** Additional settings, such as those of a chat platform. */
  readonly env?: Readonly<Record<string, string>>;
  /** The file for log lines; without it nothing is logged. */
  readonly logFile?: string;
};

const unhandled: string[] = [];
let stopsAt: Failpoint | null = null;

answering<ReplicaPlan>(async (plan) => {
  process.on('unhandledRejection', (error) => unhandled.push(String((error as Error)?.stack ?? error)));
  let kluis: Kluis = await start(plan);
  const port = Number(new URL(kluis.url).port);
  return {
    ready: () => ({ url: kluis.url }),
    usage,
    unhandled: () => unhandled,
    operations: () => kluis.deps.database.db.selectFrom('operation').select(['id', 'status', 'fence']).execute(),
    unfinished: () => unfinished(kluis.deps.database.db),
    gc: async () => {
      for (let n = 0; n < 3; n++) (globalThis as { gc?: () => void }).gc?.();
      return usage();
    },
    stopAt: (failpoint: Failpoint | null) => void (stopsAt = failpoint),
    inventory: () => refreshInventory(kluis.deps),
    readOne: (vmId: string) => timed(async () => readVm(await estateOf(cold(kluis), null), vmId)),
    readBatch: (names: readonly string[]) => timed(async () => readTable(await estateOf(cold(kluis), null), names)),
    idle: (ms: number) => hurry(() => pause(ms)),
    forecast: () => hurry(async () => forecastOf(await readForecastFacts(await estateOf(cold(kluis), null)))),
    digest: () => hurry(async () => readDigest(await estateOf(cold(kluis), null))),
    restart: async () => {
      await kluis.stop();
      kluis = await start({ ...plan, port });
    },
    close: () => kluis.stop(),
  };
});

async function start(plan: ReplicaPlan): Promise<Kluis> {
  const env = { PORT: String(plan.port ?? 0), KLUIS_DATA_DIR: plan.dataDir, ...plan.env };
  const read = readSettings(env);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const config = parseKluisYaml(plan.config ?? '', 'kluis.yaml', defaultConfig('simulator'));
  if ('problems' in config) throw new Error(JSON.stringify(config.problems));
  const log = plan.logFile === undefined ? silent : pino({ level: 'debug' }, pino.destination(plan.logFile));
  const own = await open(plan);
  const kluis = await startKluis({
    settings: read.settings,
    config: config.config,
    log,
    simulatorUrl: plan.simulatorUrl,
    database: own,
    waits: { ...(plan.speed === undefined ? realWaits : scaledWaits(realWaits, plan.speed)), ...plan.waits },
    leases: { ...defaultLeases, ...plan.leases },
    ...(plan.editGapMs === undefined ? {} : { editGapMs: plan.editGapMs }),
    failpoint: stopIfWanted,
  });
  return { ...kluis, stop: () => kluis.stop().then(() => own.close()) };
}

async function open({ database }: ReplicaPlan) {
  if ('folder' in database)
    return (await import('../../../src/store/pglite.ts')).openPglite({ folder: database.folder });
  return openPostgres({ connectionString: database.url, schema: database.schema, log: silent });
}

/** Suspends this process, once, at the requested point; somebody else resumes it. */
function stopIfWanted(failpoint: Failpoint): Promise<void> {
  if (failpoint === stopsAt) {
    stopsAt = null;
    process.kill(process.pid, 'SIGSTOP');
  }
  return Promise.resolve();
}

/** Without what an earlier read left in the cache of roles. */
function cold({ deps }: Kluis): Kluis['deps'] {
  return { ...deps, readiness: { ...deps.readiness, cache: createReadinessCache() } };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
