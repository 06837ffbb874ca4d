/** One soak: traffic and trouble for a while, rest, then the checks. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openTestDatabase, startServer, type TestDatabase, type Server } from '../bench/processes/postgres.ts';
import type { ReplicaPlan } from '../bench/processes/replica.ts';
import { startAzure, type SimulatedAzure } from '../bench/processes/simulated-azure.ts';
import type { Usage } from '../bench/usage.ts';
import type { Database } from '../../src/store/database.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { startReplica, type BotProcess } from './bot-process.ts';
import { checkEverything, rest } from './check-everything.ts';
import { checkMemory } from './check-process.ts';
import { seedSoakEstate } from './estate.ts';
import type { Finding } from './findings.ts';
import { ledgerOf, type Ledger } from './ledger.ts';
import { act } from './person.ts';
import { startPlatform, type Platform } from './platform.ts';
import { drawFrom } from './random.ts';
import { trouble } from './trouble.ts';

/** How long, from which seed, on which database, with how many people at a time. */
export type SoakPlan = {
  readonly minutes: number;
  readonly seed: number;
  readonly people: number;
  readonly database: 'pglite' | 'postgres';
  readonly folder: string;
  readonly say: (line: string) => void;
};

/** The result. */
export type SoakResult = {
  readonly found: readonly Finding[];
  readonly interactions: ReadonlyMap<string, number>;
  readonly troubles: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<number, number>;
  readonly counts: Readonly<Record<string, number>>;
  readonly early: Usage;
  readonly late: Usage;
};

/** In a shorter run the process is still warming up at the end: its memory is reported and not judged. */
const minutesToWarm = 5;

/** How a replica is made: Azure's hours take minutes; the limits on the product's own work aren't divided. */
export const soakReplica = {
  speed: 600,
  waits: {
    traceBackup: 8_000,
    traceProtect: 8_000,
    grantShows: 10_000,
    grantFresh: 10_000,
    point: 5_000,
    refusedReads: 20_000,
  },
  leases: { operation: 6_000, renew: 2_000, lookup: 8_000, delivery: 6_000, poll: 8_000, sweep: 2_000 },
  editGapMs: 200,
};
/** Kills happen only before this share of the time, so that one process can be observed to the end. */
const killsUntil = 0.18;
const watchedFrom = 0.2;

type Scene = {
  readonly plan: SoakPlan;
  readonly azure: SimulatedAzure;
  readonly platform: Platform;
  readonly bot: BotProcess;
  readonly ledger: Ledger;
  readonly vms: readonly string[];
  readonly logFile: string;
  readonly open: () => Promise<Database>;
};

/** Runs it. */
export async function soak(plan: SoakPlan): Promise<SoakResult> {
  const server = plan.database === 'postgres' ? await startServer() : null;
  const testDatabase = server ? await openTestDatabase(server) : null;
  const azure = await startAzure(soakReplica.speed);
  let bot: BotProcess | null = null;
  const platform = await startPlatform(() => bot?.url() ?? 'http://127.0.0.1:9');
  try {
    const vms = await seedSoakEstate(azure);
    const logFile = join(plan.folder, 'log.jsonl');
    bot = await startReplica(replicaPlan(plan, { testDatabase, azure, logFile }));
    const ledger = ledgerOf(azure);
    return await play({ plan, azure, platform, bot, ledger, vms, logFile, open: () => opened(plan, testDatabase) });
  } finally {
    await bot?.end().catch(() => undefined);
    await platform.close();
    await azure.end();
    await end(testDatabase, server);
  }
}

function replicaPlan(
  plan: SoakPlan,
  on: { testDatabase: TestDatabase | null; azure: SimulatedAzure; logFile: string },
): ReplicaPlan {
  const { testDatabase, azure, logFile } = on;
  const database = testDatabase
    ? { url: testDatabase.url, schema: testDatabase.schema }
    : { folder: join(plan.folder, 'data') };
  return { ...soakReplica, database, simulatorUrl: azure.url, dataDir: join(plan.folder, 'data'), logFile };
}

/** The tables, once the bot has released them. */
async function opened(plan: SoakPlan, testDatabase: TestDatabase | null): Promise<Database> {
  if (testDatabase) return { ...testDatabase.database, close: () => Promise.resolve() };
  return openPglite({ folder: join(plan.folder, 'data') });
}

async function end(testDatabase: TestDatabase | null, server: Server | null): Promise<void> {
  await testDatabase?.end();
  await server?.stop();
}

async function play(scene: Scene): Promise<SoakResult> {
  const { plan, bot, azure, platform, ledger } = scene;
  const [statuses, interactions, troubles] = [
    new Map<number, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const watched = await traffic(scene, { statuses, interactions, troubles });
  await Promise.all([azure.mend(), platform.mend()]);
  const left = await rest(() => bot.unfinished());
  await ledger.gather();
  const late = await bot.afterGc();
  const accidents = await bot.accidents();
  await bot.end();
  const database = await scene.open();
  const { found, counts } = await checkEverything({
    q: database.db,
    ...{ azure, platform, ledger, logFile: scene.logFile, left, accidents, troubles, statuses },
  }).finally(() => database.close());
  const memory = plan.minutes < minutesToWarm ? [] : checkMemory(watched, late);
  plan.say('checked');
  return { found: [...found, ...memory], interactions, troubles, statuses, counts, early: watched, late };
}

type Tallies = {
  readonly statuses: Map<number, number>;
  readonly interactions: Map<string, number>;
  readonly troubles: Map<string, number>;
};

/** Everybody at once until the time is over; resolves with what the bot used after a fifth of it. */
async function traffic(scene: Scene, { statuses, interactions, troubles }: Tallies): Promise<Usage> {
  const { plan, platform, azure, bot, ledger, vms } = scene;
  const began = performance.now();
  const share = () => (performance.now() - began) / (plan.minutes * 60_000);
  const isOver = () => share() >= 1;
  const kill = () => (share() < killsUntil ? () => bot.kill() : null);
  const stage = { platform, azure, vms, restart: () => bot.restart(), kill, made: troubles, say: plan.say };
  const people = Array.from({ length: plan.people }, (_, n) =>
    act({ platform, vms, statuses, interactions }, drawFrom(plan.seed, `person ${n}`), isOver),
  );
  let watched: Usage | null = null;
  const keeping = (async () => {
    while (!isOver()) {
      await ledger.gather();
      if (watched === null && share() >= watchedFrom) watched = await bot.afterGc();
      plan.say(progress(share(), { interactions, troubles }));
      await pause(Math.min(10_000, plan.minutes * 3000));
    }
  })();
  await Promise.all([...people, keeping, trouble(stage, drawFrom(plan.seed, 'trouble'), isOver)]);
  return watched ?? bot.afterGc();
}

function progress(share: number, { interactions, troubles }: Pick<Tallies, 'interactions' | 'troubles'>): string {
  const sum = (of: ReadonlyMap<string, number>) => [...of.values()].reduce((all, each) => all + each, 0);
  return `${String(Math.round(share * 100)).padStart(3)} %  ${sum(interactions)} interactions, ${sum(troubles)} troubles`;
}
