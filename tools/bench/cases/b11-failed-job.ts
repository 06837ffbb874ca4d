/**
 * B11: how long after the failure in Azure of a backup that nobody started here its alert is posted, without any
 * webhook.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { realWaits } from '../../../src/operations/list.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { runningJob, seedEstate, type Added } from '../estate.ts';
import { arrivals, errorOf, failedJob, watchAll } from '../failures.ts';
import { quantile, type Figure } from '../figure.ts';
import { openTestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import { startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { startConnector } from '../processes/stub-connector.ts';

const quickSpeed = 100;

/** Measures it at the product's own intervals: a job is running in each vault, as at night. */
export async function failedJobDelay(context: BenchContext): Promise<Figure> {
  const [count, everyMs] = context.quick ? [3, 100] : [60, 1100];
  const azure = await startAzure(1);
  const testDatabase = await openTestDatabase(context.server);
  const connector = await startConnector();
  const replica = await startReplica(context, { testDatabase, azure, ...(context.quick && { speed: quickSpeed }) });
  try {
    const vms = await seedEstate(azure, { vms: count, vaults: count, isProtected: true, isEncrypted: true });
    const ids = await running(azure, vms);
    context.say('waiting until every vault was polled');
    await watchAll(replica, { serviceUrl: connector.serviceUrl, testDatabase, vms });
    const posted = arrivals(
      connector,
      ids.map((_, at) => errorOf(at)),
    );
    context.say('failing one job after another');
    const failed: number[] = [];
    for (const [at, id] of ids.entries()) {
      await fails(azure, id, errorOf(at));
      failed.push(Date.now());
      await pause(everyMs);
    }
    const took = (await posted).map((came, at) => came - (failed[at] ?? Number.NaN));
    return figureOf(took, realWaits.vaultBusy / (context.quick ? quickSpeed : 1));
  } finally {
    await replica.child.end();
    await connector.close();
    await testDatabase.end();
    await azure.end();
  }
}

/** A running job for each VM; resolves with their IDs. */
async function running(azure: SimulatedAzure, vms: readonly Added[]): Promise<readonly string[]> {
  const made = vms.map((vm) => runningJob(vm, randomUUID(), new Date()));
  const { jobs } = await azure.state();
  await azure.change({ jobs: [...jobs, ...made] });
  return made.map(({ id }) => id);
}

async function fails(azure: SimulatedAzure, id: string, error: string): Promise<void> {
  const { jobs } = await azure.state();
  await azure.change({ jobs: jobs.map((job) => (job.id === id ? failedJob(job, error) : job)) });
}

function figureOf(took: readonly number[], interval: number): Figure {
  const p95 = quantile(took, 0.95);
  return {
    id: 'B11',
    title: `a backup fails in Azure → its alert is posted, by polling alone (${took.length} failures)`,
    values: [
      { name: 'median', value: quantile(took, 0.5), unit: 'ms' },
      { name: 'p95', value: p95, unit: 'ms' },
      { name: 'slowest', value: Math.max(...took), unit: 'ms' },
    ],
    baseline: [{ name: 'the interval in force', value: interval, unit: 'ms' }],
    goals: [{ text: 'p95', reached: p95, must: 'at-most', bound: interval + 1000, unit: 'ms' }],
    notes: ['Each failure is of a VM with BEK and KEK and in a vault of its own, and each cause is a new one.'],
  };
}
