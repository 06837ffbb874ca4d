/** B4: the cost of watching 100 vaults with 10,000 items, each with a running job, and of following 500 of those. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { realWaits } from '../../../src/operations/list.ts';
import type { LoggedRequest } from '../../../src/sim/request-log.ts';
import { seedEstate, runningJob, type Added } from '../estate.ts';
import { watchAll } from '../failures.ts';
import type { Figure, Goal } from '../figure.ts';
import { seedOperation } from '../operations.ts';
import { openTestDatabase, type TestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { startConnector } from '../processes/stub-connector.ts';
import type { Usage } from '../usage.ts';

const cycleMs = realWaits.vaultBusy;
/** The ages of the followed jobs, in minutes, and their shares: older ones are checked less often. */
const ages = [
  { minutes: 0, share: 0.2, everyMs: realWaits.jobEarly },
  { minutes: 20, share: 0.5, everyMs: realWaits.jobMid },
  { minutes: 180, share: 0.3, everyMs: realWaits.jobLate },
] as const;

type Size = {
  readonly jobs: number;
  readonly vaults: number;
  readonly followed: number;
  readonly cycles: number;
  readonly settleMs: number;
};
type Taken = {
  readonly size: Size;
  readonly log: readonly LoggedRequest[];
  readonly idle: Usage;
  readonly before: Usage;
  readonly after: Usage;
  readonly collected: Usage;
  readonly peakMb: number;
  readonly edits: number;
};

/** Measures it over two cycles of the vaults' polls. */
export async function manyJobs(context: BenchContext): Promise<Figure> {
  const size: Size = context.quick
    ? { jobs: 40, vaults: 2, followed: 4, cycles: 0.05, settleMs: 1000 }
    : { jobs: 10_000, vaults: 100, followed: 500, cycles: 2, settleMs: 60_000 };
  const azure = await startAzure(1);
  const testDatabase = await openTestDatabase(context.server);
  const connector = await startConnector();
  try {
    context.say('idle');
    const idle = await idleUsage(context, { azure, ms: context.quick ? 200 : 10_000 });
    context.say('seeding jobs');
    const vms = await seedJobs(size, { azure, testDatabase, serviceUrl: connector.serviceUrl });
    const replica = await startReplica(context, {
      testDatabase,
      azure,
      ...(context.flags && { flags: context.flags }),
    });
    await watchAll(replica, { serviceUrl: connector.serviceUrl, testDatabase, vms });
    context.say('settling');
    await pause(size.settleMs);
    await azure.forget();
    const [before, edits] = [await replica.child.ask<Usage>('usage'), connector.count()];
    context.say('counting');
    const peakMb = await peak(() => replica.child.ask<Usage>('usage'), size.cycles * cycleMs);
    const after = await replica.child.ask<Usage>('usage');
    const log = await azure.requests();
    const collected = await replica.child.ask<Usage>('gc');
    const taken = { collected, size, log, idle, before, after, peakMb, edits: connector.count() - edits };
    await replica.child.end();
    return figureOf(taken);
  } finally {
    await connector.close();
    await testDatabase.end();
    await azure.end();
  }
}

async function seedJobs(
  size: Size,
  on: { azure: SimulatedAzure; testDatabase: TestDatabase; serviceUrl: string },
): Promise<readonly Added[]> {
  const vms = await seedEstate(on.azure, {
    vms: size.jobs,
    vaults: size.vaults,
    isProtected: true,
    points: 1,
    isEncrypted: false,
  });
  const { jobs } = await on.azure.state();
  const now = Date.now();
  const followed: { vm: Added; jobId: string }[] = [];
  for (const [n, vm] of vms.entries()) {
    const jobId = randomUUID();
    const minutes = n < size.followed ? ageOf(n / size.followed).minutes : 200;
    jobs.push(runningJob(vm, jobId, new Date(now - minutes * 60_000)));
    if (n < size.followed) followed.push({ vm, jobId });
  }
  await on.azure.change({ jobs });
  for (const { vm, jobId } of followed)
    await seedOperation(on.testDatabase, on.serviceUrl, { vm, jobId, stage: 'job' });
  return vms;
}

function ageOf(share: number): (typeof ages)[number] {
  let upTo = 0;
  return ages.find((age) => share < (upTo += age.share) - 1e-9) ?? ages[2];
}

/** The same product with nothing to follow. */
async function idleUsage(context: BenchContext, { azure, ms }: { azure: SimulatedAzure; ms: number }): Promise<Usage> {
  const testDatabase = await openTestDatabase(context.server);
  const { child } = await startReplica(context, { testDatabase, azure });
  await pause(ms);
  const before = await child.ask<Usage>('usage');
  await pause(ms);
  const after = await child.ask<Usage>('usage');
  await child.end();
  await testDatabase.end();
  return { ...after, cpuMs: ((after.cpuMs - before.cpuMs) / ms) * cycleMs };
}

async function peak(usage: () => Promise<Usage>, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let max = 0;
  while (performance.now() < end) {
    max = Math.max(max, (await usage()).rssMb);
    await pause(Math.min(500, ms / 4));
  }
  return max;
}

/** The calls to Azure, per cycle. `due`: one GET per followed job and its interval. */
function callsOf({ size, log }: Taken) {
  const gets = log.filter(({ path }) => /backupJobs\/[0-9a-f-]{36}/i.test(path)).length / size.cycles;
  const lists = log.filter(({ path }) => /backupJobs\?/i.test(path));
  const polls = lists.filter(({ path }) => !/skipToken/i.test(path)).length / size.cycles;
  const pages = lists.length / size.cycles;
  const due = ages.reduce((sum, { share, everyMs }) => sum + (size.followed * share * cycleMs) / everyMs, 0);
  return { gets, polls, pages, due, others: log.length / size.cycles - pages - gets };
}

function figureOf(taken: Taken): Figure {
  const { size, idle, before, after, collected, peakMb, edits } = taken;
  const calls = callsOf(taken);
  const cpu = (after.cpuMs - before.cpuMs) / size.cycles / 1000;
  const jobs = size.jobs.toLocaleString('en-US');
  return {
    id: 'B4',
    title: `${jobs} items and running jobs in ${size.vaults} vaults that are watched, ${size.followed} followed, per cycle of ${cycleMs / 1000} s`,
    values: [
      { name: 'polls of vaults', value: calls.polls, unit: '' },
      { name: 'pages of their lists', value: calls.pages, unit: '' },
      { name: 'GETs of followed jobs', value: calls.gets, unit: '' },
      { name: 'other calls', value: calls.others, unit: '' },
      { name: 'memory after a collection', value: collected.rssMb, unit: 'MB' },
      { name: 'of it heap', value: collected.heapMb, unit: 'MB' },
      { name: 'edits of cards', value: edits / size.cycles, unit: '' },
    ],
    baseline: [
      { name: 'CPU with nothing to follow', value: idle.cpuMs / 1000, unit: 's' },
      { name: 'memory with nothing to follow', value: idle.rssMb, unit: 'MB' },
    ],
    goals: [
      ...callGoals(calls, size),
      { text: 'CPU', reached: cpu, must: 'at-most', bound: 5, unit: 's' },
      { text: 'memory (RSS, peak)', reached: peakMb, must: 'at-most', bound: 400, unit: 'MB' },
    ],
    notes: [
      'Of the followed jobs 20 % are new, 50 % began 20 minutes ago, 30 % three hours ago. Each vault also lists the jobs of the night before. Alerts are on.',
    ],
  };
}

/** No more calls than are due, and no fewer: late calls mean that the process can't keep up. */
function callGoals({ polls, gets, due }: ReturnType<typeof callsOf>, size: Size): Goal[] {
  const [polled, followed] = [polls / size.vaults, gets / due];
  return [
    { text: 'polls, of one per vault', reached: polled, must: 'at-most', bound: 1.05, unit: '×' },
    { text: 'polls that took place', reached: polled, must: 'at-least', bound: 0.9, unit: '×' },
    { text: 'GETs, of one per followed job and interval', reached: followed, must: 'at-most', bound: 1.05, unit: '×' },
    { text: 'GETs that took place', reached: followed, must: 'at-least', bound: 0.9, unit: '×' },
  ];
}
