/** B7: how much more work two processes on one PostgreSQL get done than one. */
import { setTimeout as pause } from 'node:timers/promises';
import { concurrency } from '../../../src/jobs/wake.ts';
import { seedEstate } from '../estate.ts';
import type { Figure } from '../figure.ts';
import { seedOperation } from '../operations.ts';
import { openTestDatabase, type TestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { isWrite, latency, startAzure } from '../processes/simulated-azure.ts';
import { startConnector } from '../processes/stub-connector.ts';

const azureMs = 100;
/** Azure's jobs take no time here: the product's work is what is measured. */
const speed = 30_000;
const timeoutMs = 600_000;

type Done = { readonly seconds: number; readonly succeeded: number; readonly twice: number; readonly calls: number };

/** Measures both, one after the other, each on its own estate and tables. */
export async function twoProcesses(context: BenchContext): Promise<Figure> {
  const count = context.quick ? 6 : 200;
  context.say('one process');
  const one = await run(context, { count, processes: 1 });
  context.say('two processes');
  const two = await run(context, { count, processes: 2 });
  return figureOf(one, two, count);
}

async function run(context: BenchContext, { count, processes }: { count: number; processes: number }): Promise<Done> {
  const azure = await startAzure(speed);
  const testDatabase = await openTestDatabase(context.server);
  const connector = await startConnector();
  const replicas = await Promise.all(
    Array.from({ length: processes }, () => startReplica(context, { testDatabase, azure, speed })),
  );
  try {
    const vms = await seedEstate(azure, { vms: count, vaults: 20, isProtected: true, isEncrypted: false });
    await azure.fault(latency(azureMs));
    await azure.forget();
    for (const vm of vms) await seedOperation(testDatabase, connector.serviceUrl, { vm, stage: 'start' });
    const seconds = await untilEnded(testDatabase, count);
    const log = await azure.requests();
    const starts = log.filter((each) => isWrite(each) && /\/backup\?/.test(each.path) && each.status === 202);
    const distinct = new Set(starts.map(({ path }) => path));
    const rows = await testDatabase.database.db.selectFrom('operation').select('status').execute();
    const succeeded = rows.filter(({ status }) => status === 'succeeded').length;
    return { seconds, succeeded, twice: starts.length - distinct.size, calls: log.length };
  } finally {
    await Promise.all(replicas.map(({ child }) => child.end()));
    await connector.close();
    await testDatabase.end();
    await azure.end();
  }
}

/** From the first claim to the last end, by the database's clock, without the initial wait for the sweep. */
async function untilEnded({ database }: TestDatabase, count: number): Promise<number> {
  const late = performance.now() + timeoutMs;
  let began: number | null = null;
  for (;;) {
    const rows = await database.db.selectFrom('operation').select(['status', 'fence', 'ended_at']).execute();
    if (began === null && rows.some(({ fence }) => fence > 0)) began = Date.now();
    if (began !== null && rows.length === count && rows.every(({ status }) => status !== 'running')) {
      return (Math.max(...rows.map(({ ended_at }) => ended_at?.getTime() ?? 0)) - began) / 1000;
    }
    if (performance.now() > late) throw new Error('the operations did not end in time');
    await pause(50);
  }
}

function figureOf(one: Done, two: Done, count: number): Figure {
  const ratio = one.seconds / two.seconds;
  return {
    id: 'B7',
    title: `${count} backups at ${azureMs} ms per Azure call, ${concurrency.advance} at a time per process`,
    values: [
      { name: 'two processes', value: two.seconds, unit: 's' },
      { name: 'operations, two processes', value: count / two.seconds, unit: '/s' },
      { name: 'succeeded', value: one.succeeded + two.succeeded, unit: `of ${count * 2}` },
      { name: 'calls to Azure per operation', value: two.calls / count, unit: '' },
    ],
    baseline: [
      { name: 'one process', value: one.seconds, unit: 's' },
      { name: 'operations, one process', value: count / one.seconds, unit: '/s' },
    ],
    goals: [
      { text: 'two processes against one', reached: ratio, must: 'at-least', bound: 1.6, unit: '×' },
      { text: 'backups started twice', reached: one.twice + two.twice, must: 'at-most', bound: 0, unit: '' },
    ],
    notes: [],
  };
}
