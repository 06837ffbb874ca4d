/** One soak: traffic and trouble for a while, rest, then the checks. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openTestDatabase, startServer, type TestDatabase, type Server } from '../bench/processes/postgres.ts';
import type { ReplicaPlan } from '../bench/processes/replica.ts';
import { startAzure, type SimulatedAzure } from '../bench/processes/simulated-azure.ts';
import type { Usage } from '../bench/usage.ts';
import type { Database } from '../../store/database.ts';
import { openPglite } from '../../store/pglite.ts';
import type { Unfinished } from '../bench/unfinished.ts';
import { startReplica, type BotProcess } from './bot-process.ts';
import { checkCards } from './check-cards.ts';
import { checkEndpoint, checkMemory } from './check-process.ts';
import { checkOperations } from './check-operations.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkWrites } from './check-writes.ts';
import { seedSoakEstate } from './estate.ts';
import { findings, type Finding } from './findings.ts';
import { ledgerOf, type Ledger } from './ledger.ts';
import { act } from './person.ts';
import { startPlatform, type Platform } from './platform.ts';
import { drawFrom } from './random.ts';
import { trouble } from './trouble.ts';

/** How long, from which seed, on which database, with how many people at it at a time. */
export type SoakPlan = {
  readonly minutes: number;
  readonly seed: number;
  readonly people: number;
  readonly database: 'pglite' | 'postgres';
  readonly folder: string;
  readonly say: (line: string) => void;
};

/** What came of it. */
export type SoakResult = {
  readonly found: readonly Finding[];
  readonly interactions: ReadonlyMap<string, number>;
  readonly troubles: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<number, number>;
  readonly counts: Readonly<Record<string, number>>;
  readonly early: Usage;
  readonly late: Usage;
};

/** A process that runs shorter is still getting warm when it ends: its memory is told and not judged. */
const minutesToWarm = 5;

/** Azure's hours in minutes; and what bounds the product's own work is not divided with it. */
const speed = 600;
const waits = {
  traceBackup: 8_000,
  traceProtect: 8_000,
  grantShows: 10_000,
  grantFresh: 10_000,
  point: 5_000,
  refusedReads: 20_000,
};
/** Kills come before this share of the time only, so that one process can be watched to the end. */
const killsUntil = 0.18;
const watchedFrom = 0.2;
const restMs = 120_000;

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
  const azure = await startAzure(speed);
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
  const leases = { operation: 6_000, renew: 2_000, lookup: 8_000, delivery: 6_000, poll: 8_000, sweep: 2_000 };
  const dataDir = join(plan.folder, 'data');
  return { database, simulatorUrl: azure.url, dataDir, speed, waits, leases, editGapMs: 200, logFile };
}

/** The tables, once the bot has let go of them. */
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
  const left = await rest(bot);
  await ledger.gather();
  const late = await bot.afterGc();
  const accidents = await bot.accidents();
  await bot.end();
  const { found, counts } = await check(scene, { left, accidents, troubles, statuses });
  const memory = plan.minutes < minutesToWarm ? [] : checkMemory(watched, late);
  plan.say('checked');
  return { found: [...found, ...memory], interactions, troubles, statuses, counts, early: watched, late };
}

type Tallies = {
  readonly statuses: Map<number, number>;
  readonly interactions: Map<string, number>;
  readonly troubles: Map<string, number>;
};

/** Everybody at once until the time is over; resolves with what the bot used when a fifth of it was. */
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

/** Waits until nothing is left to do, and resolves with what is left when patience ends. */
async function rest(bot: BotProcess): Promise<Unfinished> {
  const end = performance.now() + restMs;
  for (;;) {
    const left = await bot.unfinished();
    if (left.operations + left.messages + left.looks === 0 || performance.now() > end) return left;
    await pause(500);
  }
}

type Ended = Pick<Tallies, 'statuses' | 'troubles'> & {
  readonly left: Unfinished;
  readonly accidents: readonly string[];
};

async function check(scene: Scene, ended: Ended): Promise<{ found: Finding[]; counts: Record<string, number> }> {
  const { azure, platform, ledger, logFile } = scene;
  const database = await scene.open();
  try {
    const q = database.db;
    const cards = await checkCards(q, platform);
    const found = [
      ...findings(
        'nothing is left undone',
        ended.left.operations + ended.left.messages + ended.left.looks > 0 ? [JSON.stringify(ended.left)] : [],
      ),
      ...findings('no rejection is unhandled and no process ends by itself', ended.accidents),
      ...checkEndpoint(ended.statuses),
      ...(await checkWrites({ q, writes: ledger.writes(), jobs: (await azure.state()).jobs })),
      ...(await checkOperations(q)),
      ...cards.found,
      ...(await checkSecrets(q, logFile)),
    ];
    const operations = await q.selectFrom('operation').select('status').execute();
    const tallied = Object.fromEntries(
      [...Map.groupBy(operations, ({ status }) => status)].map(([status, all]) => [`operations ${status}`, all.length]),
    );
    const counts = {
      ...tallied,
      'requests to Azure': ledger.requests(),
      'writes to Azure': ledger.writes().length,
      'cards compared': cards.compared,
      'orphaned messages': cards.orphans,
    };
    return { found: [...found, ...orphansTooMany(cards.orphans, ended.troubles)], counts };
  } finally {
    await database.close();
  }
}

/** A second message comes only where an answer to a post was lost, or the process between the post and its note. */
function orphansTooMany(orphans: number, troubles: ReadonlyMap<string, number>): Finding[] {
  const lost = ['chat: takes it and does not answer', 'the bot is killed', 'the bot is restarted'];
  const allowed = lost.reduce((sum, name) => sum + (troubles.get(name) ?? 0), 0);
  return orphans <= allowed
    ? []
    : [{ broken: 'a message is posted once', what: `${orphans} second messages, ${allowed} reasons for one` }];
}
