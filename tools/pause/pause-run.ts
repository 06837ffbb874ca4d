/**
 * Rounds of one backup each, whose process is paused in the middle while another process, or another run in the same
 * one, continues.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultLeases, type Leases } from '../../src/bot/leases.ts';
import { deliver, saidInThread, threadId } from '../bench/activities.ts';
import { startChild, type Child } from '../bench/processes/child.ts';
import { seedEstate, type Added } from '../bench/estate.ts';
import { openTestDatabase, startServer, type TestDatabase } from '../bench/processes/postgres.ts';
import type { ReplicaPlan } from '../bench/processes/replica.ts';
import { startAzure, type SimulatedAzure } from '../bench/processes/simulated-azure.ts';
import { startConnector, type StubConnector } from '../bench/processes/stub-connector.ts';
import { drawFrom } from '../soak/random.ts';
import { openPglite } from '../../src/store/pglite.ts';
import type { Queries } from '../../src/store/database.ts';
import { freeze } from './freeze.ts';

/** How many rounds, from which seed, on which database. */
export type PausePlan = {
  readonly rounds: number;
  readonly seed: number;
  readonly database: 'pglite' | 'postgres';
  readonly folder: string;
  readonly say: (line: string) => void;
};

/** The result. `once`: the rounds in which Azure accepted exactly one write. */
export type PauseResult = {
  readonly rounds: number;
  readonly once: number;
  readonly twice: readonly string[];
  readonly paused: number;
  readonly outcomes: ReadonlyMap<string, number>;
  /** Rounds whose accepted write is in the audit log with Azure's request ID. */
  readonly told: number;
};

const speed = 3000;
/** A thirtieth of the product's reconcile window. */
const timeoutMs = 2_000;
/** What decides when another process takes over is an eighth of the product's; less, and a busy machine is too slow. */
const eighth = ({ operation, renew, sweep }: Leases) => ({
  operation: operation / 8,
  renew: renew / 8,
  sweep: sweep / 8,
});
const leases = { ...eighth(defaultLeases), lookup: 2_000, delivery: 1_000, poll: 2_000 };
const waits = { trace: 170, traceBackup: timeoutMs, traceProtect: timeoutMs, refusedReads: 20_000, point: 5_000 };
const endsWithinMs = 60_000;

/** One way to be paused. */
type Kind = { readonly at: 'write' | 'anywhere'; readonly patiences: 1 | 3; readonly cut: boolean };

const kinds: readonly Kind[] = ([1, 3] as const).flatMap((patiences) =>
  [false, true].flatMap((cut) => (['write', 'anywhere'] as const).map((at) => ({ at, patiences, cut }))),
);

type Replica = { readonly child: Child; readonly url: string };

type Scene = {
  readonly plan: PausePlan;
  readonly azure: SimulatedAzure;
  readonly connector: StubConnector;
  /** The process that is paused and queried. */
  readonly first: Replica;
  /** Null on PGlite: one process has the folder, and is queried. */
  readonly testDatabase: TestDatabase | null;
};

/** Makes the pauses. */
export async function pauses(plan: PausePlan): Promise<PauseResult> {
  const server = plan.database === 'postgres' ? await startServer() : null;
  const testDatabase = server && (await openTestDatabase(server));
  const azure = await startAzure(speed);
  const connector = await startConnector();
  try {
    const vms = await seedEstate(azure, { vms: plan.rounds, vaults: 10, isProtected: true, isEncrypted: false });
    const replicas = await Promise.all(
      (testDatabase ? ['first', 'second'] : ['only']).map(starter(plan, azure, testDatabase)),
    );
    const [first] = replicas as [Replica, ...Replica[]];
    await first.child.ask('inventory');
    const paused = await allRounds({ plan, azure, connector, first, testDatabase }, vms);
    await Promise.all(replicas.map(({ child }) => child.end()));
    const counted = testDatabase ? await count(testDatabase.database.db, azure, vms) : await countIn(plan, azure, vms);
    return { rounds: plan.rounds, paused, ...counted };
  } finally {
    await connector.close();
    await azure.end();
    await testDatabase?.end();
    await server?.stop();
  }
}

function starter(plan: PausePlan, azure: SimulatedAzure, testDatabase: TestDatabase | null) {
  return async (name: string) => {
    const dataDir = join(plan.folder, name);
    const database = testDatabase
      ? { url: `${testDatabase.url}?application_name=${testDatabase.schema}-${name}`, schema: testDatabase.schema }
      : { folder: dataDir };
    const about: ReplicaPlan = { database, simulatorUrl: azure.url, dataDir, speed, waits, leases, editGapMs: 500 };
    const { child, ready } = await startChild<{ url: string }>('replica', { about });
    return { child, url: ready.url };
  };
}

async function allRounds(scene: Scene, vms: readonly Added[]): Promise<number> {
  const { plan } = scene;
  const draw = drawFrom(plan.seed, 'pauses');
  let paused = 0;
  for (const [n, vm] of vms.entries()) {
    const kind = kinds[n % kinds.length] as Kind;
    const isPaused = await round(scene, { vm, kind, afterMs: draw.below(250), begun: n + 1 });
    if (isPaused) paused += 1;
    if ((n + 1) % 10 === 0) plan.say(`${n + 1} of ${plan.rounds} rounds`);
  }
  return paused;
}

/** One backup, paused; resolves when it has ended, with whether it was still running when the pause began. */
async function round(
  scene: Scene,
  { vm, kind, afterMs, begun }: { vm: Added; kind: Kind; afterMs: number; begun: number },
): Promise<boolean> {
  const { first, connector, testDatabase } = scene;
  const said = saidInThread({ serviceUrl: connector.serviceUrl, thread: vm.name, text: `backup now ${vm.name}` });
  if (kind.at === 'write') await first.child.ask('stopAt', 'write:after-attempt');
  await deliverAtLast(first.url, said);
  const frozen = freeze(first.child.pid);
  // The other replica may have taken it, and ended it.
  const isOver = () => (testDatabase ? hasEnded(testDatabase.database.db, vm) : Promise.resolve(false));
  if (kind.at === 'write') await frozen.untilStopped(isOver);
  else {
    await pause(afterMs);
    frozen.stop();
  }
  const open = !(await isOver());
  if (!open && kind.at === 'write') await first.child.ask('stopAt', null);
  await pause(timeoutMs * kind.patiences * (kind.cut ? 1 : 0.5));
  if (kind.cut && testDatabase) await cutConnections(testDatabase);
  if (!kind.cut) await pause(timeoutMs * kind.patiences * 0.5);
  frozen.goOn();
  await untilEnded(scene, vm, begun);
  return open;
}

/** Like a platform, sends again what wasn't acknowledged: a cut connection may be noticed only now. */
async function deliverAtLast(url: string, said: object): Promise<void> {
  for (let left = 10; left > 0; left -= 1) {
    if ((await deliver(url, said)) === 200) return;
    await pause(200);
  }
  throw new Error('the bot does not acknowledge a message');
}

/** Like a failover, cuts everybody's connections. */
async function cutConnections({ database, schema }: TestDatabase): Promise<void> {
  // A system view, not one of the product's tables.
  await database.db
    .selectFrom('pg_stat_activity' as 'operation')
    .select(({ fn }) => fn<boolean>('pg_terminate_backend', ['pid' as 'id']).as('cut'))
    .where('application_name' as 'id', '=', `${schema}-first`)
    .execute();
}

/** `begun`: how many backups there are by then; the last one may not have started when the pause ends. */
async function untilEnded({ testDatabase, first }: Scene, vm: Added, begun: number): Promise<void> {
  const late = performance.now() + endsWithinMs;
  const { child } = first;
  for (;;) {
    const isOver = testDatabase
      ? await hasEnded(testDatabase.database.db, vm)
      : (await child.ask<{ status: string }[]>('operations')).filter(({ status }) => status !== 'running').length >=
        begun;
    if (isOver) return;
    if (performance.now() > late) throw new Error(`the backup of ${vm.name} did not end in time`);
    await pause(50);
  }
}

async function hasEnded(q: Queries, vm: Added): Promise<boolean> {
  const row = await q
    .selectFrom('operation')
    .select('status')
    .where('conversation_id', '=', `teams:${threadId(vm.name)}`)
    .executeTakeFirst();
  return row !== undefined && row.status !== 'running';
}

async function countIn(plan: PausePlan, azure: SimulatedAzure, vms: readonly Added[]) {
  const database = await openPglite({ folder: join(plan.folder, 'only') });
  try {
    return await count(database.db, azure, vms);
  } finally {
    await database.close();
  }
}

async function count(q: Queries, azure: SimulatedAzure, vms: readonly Added[]) {
  const log = await azure.requests();
  const accepted = log.filter(
    ({ method, path, status }) => method === 'POST' && /\/backup\?/.test(path) && status === 202,
  );
  const attempts = await q.selectFrom('attempt').select(['id', 'outcome']).execute();
  const outcomes = new Map(
    [...Map.groupBy(attempts, (each) => each.outcome ?? 'in doubt')].map(([name, all]) => [name, all.length]),
  );
  const entries = (await q.selectFrom('audit').select('entry').execute()).map(({ entry }) => entry as Entry);
  const answered = new Set(entries.flatMap(({ attempt, receipt }) => (attempt && receipt?.requestId ? [attempt] : [])));
  const of = (vm: Added) => accepted.filter(({ path }) => path.toLowerCase().includes(`;${vm.name.toLowerCase()}/`));
  const told = vms.filter((vm) => of(vm).every(({ clientRequestId }) => answered.has(clientRequestId ?? '')));
  const twice = vms.filter((vm) => of(vm).length !== 1).map((vm) => `${vm.name}: ${of(vm).length} accepted`);
  return { once: vms.length - twice.length, twice, outcomes, told: told.length };
}

type Entry = { readonly attempt?: string; readonly receipt?: { readonly requestId?: string | null } | null };
