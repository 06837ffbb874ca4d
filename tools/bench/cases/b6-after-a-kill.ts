/** B6: how soon unfinished operations continue after the process was killed. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedRequest } from '../../../src/sim/request-log.ts';
import { seedEstate, type Added } from '../estate.ts';
import { quantile, type Figure } from '../figure.ts';
import { typeBackups } from '../operations.ts';
import { openTestDatabase, type TestDatabase } from '../processes/postgres.ts';
import { startReplica, type Replica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { latency, startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { startConnector } from '../processes/stub-connector.ts';

const perRound = 12;
/** A call takes long enough that a worker holds most operations when the kill comes. */
const azureMs = 700;
const timeoutMs = 120_000;

/** An operation as it is in the tables. */
type OperationRow = { readonly id: string; readonly status: string; readonly fence: number };

type Killed = { readonly slowest: number; readonly open: number; readonly twice: number };

/** Kills it repeatedly, on PGlite with a restart, on PostgreSQL with another replica. */
export async function afterAKill(context: BenchContext): Promise<Figure> {
  const rounds = context.quick ? 1 : 5;
  const [embedded, shared]: [Killed[], Killed[]] = [[], []];
  for (let n = 0; n < rounds; n++) {
    context.say(`kill ${n + 1} of ${rounds}`);
    embedded.push(await onPglite(context, 400 + n * 900));
    shared.push(await onPostgres(context, 400 + n * 900));
  }
  return figureOf(embedded, shared);
}

async function onPglite(context: BenchContext, afterMs: number): Promise<Killed> {
  const folder = await mkdtemp(join(context.folder, 'pglite-'));
  const start = (azure: SimulatedAzure) => startReplica(context, { testDatabase: { folder }, azure, speed: 60 });
  return withAzure(async (azure, serviceUrl) => {
    const first = await start(azure);
    const vms = await begin(azure, { replica: first, serviceUrl, count: context.quick ? 2 : perRound });
    await pause(afterMs);
    const before = await first.child.ask<OperationRow[]>('operations');
    const killedAt = performance.now();
    await first.child.kill();
    const next = await start(azure);
    const rows = () => next.child.ask<OperationRow[]>('operations');
    const killed = await goOn(rows, { before, killedAt });
    await allEnded(rows);
    await next.child.end();
    return { ...killed, twice: twice(await azure.requests(), vms) };
  });
}

async function onPostgres(context: BenchContext, afterMs: number): Promise<Killed> {
  const testDatabase = await openTestDatabase(context.server);
  const start = (azure: SimulatedAzure) => startReplica(context, { testDatabase, azure, speed: 60 });
  try {
    return await withAzure(async (azure, serviceUrl) => {
      const [first, other] = [await start(azure), await start(azure)];
      const vms = await begin(azure, { replica: first, serviceUrl, count: context.quick ? 2 : perRound });
      await pause(afterMs);
      const killedAt = performance.now();
      await first.child.kill();
      const before = await heldBy(testDatabase);
      const rows = () => operationRows(testDatabase);
      const killed = await goOn(rows, { before, killedAt });
      await allEnded(rows);
      await other.child.end();
      return { ...killed, twice: twice(await azure.requests(), vms) };
    });
  } finally {
    await testDatabase.end();
  }
}

async function withAzure(play: (azure: SimulatedAzure, serviceUrl: string) => Promise<Killed>): Promise<Killed> {
  const azure = await startAzure(60);
  const connector = await startConnector();
  try {
    return await play(azure, connector.serviceUrl);
  } finally {
    await connector.close();
    await azure.end();
  }
}

type Beginning = { readonly replica: Replica; readonly serviceUrl: string; readonly count: number };

/** Starts backups through the endpoint and waits until all of them are operations. */
async function begin(azure: SimulatedAzure, { replica, serviceUrl, count }: Beginning): Promise<Added[]> {
  const vms = await seedEstate(azure, { vms: count, vaults: 2, isProtected: true, isEncrypted: false });
  await replica.child.ask('inventory');
  await typeBackups(replica.url, serviceUrl, vms);
  const rows = () => replica.child.ask<OperationRow[]>('operations');
  await wait(async () => (await rows()).length >= count);
  await azure.fault(latency(azureMs));
  return vms;
}

async function operationRows({ database }: TestDatabase): Promise<OperationRow[]> {
  return database.db.selectFrom('operation').select(['id', 'status', 'fence']).execute();
}

/** Those that a worker held: the others weren't affected by the kill. */
async function heldBy({ database }: TestDatabase): Promise<OperationRow[]> {
  return database.db
    .selectFrom('operation')
    .select(['id', 'status', 'fence'])
    .where('status', '=', 'running')
    .where('held_until', 'is not', null)
    .execute();
}

type Since = { readonly before: readonly OperationRow[]; readonly killedAt: number };

/** How long until the last of the unfinished operations was claimed again. */
async function goOn(
  rows: () => Promise<readonly OperationRow[]>,
  { before, killedAt }: Since,
): Promise<Omit<Killed, 'twice'>> {
  const open = before.filter(({ status }) => status === 'running');
  let slowest = 0;
  await wait(async () => {
    const now = new Map((await rows()).map((row) => [row.id, row]));
    const goes = open.every(({ id, fence }) => now.get(id)?.status !== 'running' || (now.get(id)?.fence ?? 0) > fence);
    slowest = performance.now() - killedAt;
    return goes;
  });
  return { slowest, open: open.length };
}

function allEnded(rows: () => Promise<readonly OperationRow[]>): Promise<void> {
  return wait(async () => (await rows()).every(({ status }) => status !== 'running'));
}

/** How many VMs were backed up more than once: more than one request that Azure accepted. */
function twice(log: readonly LoggedRequest[], vms: readonly Added[]): number {
  return vms.filter(({ name }) => {
    const mine = new RegExp(`;${name}/backup(\\?|$)`, 'i');
    return (
      log.filter(({ method, path, status }) => method === 'POST' && mine.test(path) && status === 202).length !== 1
    );
  }).length;
}

async function wait(done: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await done())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await pause(100);
  }
}

function figureOf(embedded: readonly Killed[], shared: readonly Killed[]): Figure {
  const slowest = (all: readonly Killed[]) => Math.max(...all.map((each) => each.slowest)) / 1000;
  const median = (all: readonly Killed[]) =>
    quantile(
      all.map((each) => each.slowest),
      0.5,
    ) / 1000;
  const doubles = [...embedded, ...shared].reduce((sum, each) => sum + each.twice, 0);
  const open = (all: readonly Killed[]) => all.reduce((sum, each) => sum + each.open, 0);
  return {
    id: 'B6',
    title: `kill -9, then on (${embedded.length} kills each)`,
    values: [
      { name: 'PGlite, restart: last operation goes on, median', value: median(embedded), unit: 's' },
      { name: 'PGlite: slowest', value: slowest(embedded), unit: 's' },
      { name: 'PostgreSQL, other replica: median', value: median(shared), unit: 's' },
      { name: 'PostgreSQL: slowest', value: slowest(shared), unit: 's' },
    ],
    baseline: [
      { name: 'unfinished at the kills on PGlite', value: open(embedded), unit: '' },
      { name: 'held by the killed replica on PostgreSQL', value: open(shared), unit: '' },
    ],
    goals: [
      { text: 'PGlite, restart included', reached: slowest(embedded), must: 'at-most', bound: 15, unit: 's' },
      { text: 'PostgreSQL', reached: slowest(shared), must: 'at-most', bound: 12, unit: 's' },
      { text: 'VMs not backed up exactly once', reached: doubles, must: 'at-most', bound: 0, unit: '' },
    ],
    notes: [
      `Kills come 0.4 to 4 s after the operations began, with ${azureMs} ms per Azure call, so that workers are in the middle of stages.`,
    ],
  };
}
