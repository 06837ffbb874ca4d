/** B10: how long after Azure Monitor's webhook call the alert for its problem is posted. */
import { randomUUID } from 'node:crypto';
import { runningJob, seedEstate, type Added } from '../estate.ts';
import { arrivals, errorOf, failedJob, watchAll } from '../failures.ts';
import { quantile, type Figure } from '../figure.ts';
import { openTestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { latency, startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { startConnector } from '../processes/stub-connector.ts';

const azureMs = 100;
const secret = 'ofthemeasurementandofnothingelse00';

/** Measures it at the product's own intervals: nothing else would look at these vaults for two minutes. */
export async function webhookDelay(context: BenchContext): Promise<Figure> {
  const count = context.quick ? 3 : 60;
  const azure = await startAzure(1);
  const testDatabase = await openTestDatabase(context.server);
  const connector = await startConnector();
  const env = { KLUIS_ALERT_SECRETS: secret };
  const replica = await startReplica(context, { testDatabase, azure, env });
  try {
    const vms = await seedEstate(azure, { vms: count, vaults: count, isProtected: true, isEncrypted: true });
    context.say('waiting until every vault was polled');
    await watchAll(replica, { serviceUrl: connector.serviceUrl, testDatabase, vms });
    await azure.fault(latency(azureMs));
    const [took, answered]: [number[], number[]] = [[], []];
    for (const [at, vm] of vms.entries()) {
      const error = errorOf(at);
      await fails(azure, vm, error);
      const shown = arrivals(connector, [error]);
      const start = Date.now();
      await posts(replica.url, vm);
      answered.push(Date.now() - start);
      took.push(((await shown)[0] ?? Number.NaN) - start);
    }
    return figureOf({ took, answered });
  } finally {
    await replica.child.end();
    await connector.close();
    await testDatabase.end();
    await azure.end();
  }
}

async function fails(azure: SimulatedAzure, vm: Added, error: string): Promise<void> {
  const { jobs } = await azure.state();
  await azure.change({ jobs: [...jobs, failedJob(runningJob(vm, randomUUID(), new Date()), error)] });
}

/** As Azure Monitor posts it, in the common alert schema. */
async function posts(url: string, { vaultId }: Added): Promise<void> {
  const essentials = { alertId: `/alerts/${randomUUID()}`, alertTargetIDs: [vaultId], essentialsVersion: '1.0' };
  const response = await fetch(`${url}/alerts/azure-monitor?secret=${encodeURIComponent(secret)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ schemaId: 'azureMonitorCommonAlertSchema', data: { essentials } }),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`the webhook was answered with ${response.status}`);
}

function figureOf({ took, answered }: { took: readonly number[]; answered: readonly number[] }): Figure {
  return {
    id: 'B10',
    title: `a webhook of Azure Monitor comes in → the alert of the failure is posted (${took.length} failures)`,
    values: [
      { name: 'median', value: quantile(took, 0.5), unit: 'ms' },
      { name: 'p95', value: quantile(took, 0.95), unit: 'ms' },
      { name: 'slowest', value: Math.max(...took), unit: 'ms' },
      { name: 'the webhook’s own answer, p95', value: quantile(answered, 0.95), unit: 'ms' },
    ],
    baseline: [{ name: 'one call to Azure', value: azureMs, unit: 'ms' }],
    goals: [{ text: 'p95', reached: quantile(took, 0.95), must: 'at-most', bound: 1000, unit: 'ms' }],
    notes: ['Each failure is of a VM with BEK and KEK and in a vault of its own, and each cause is a new one.'],
  };
}
