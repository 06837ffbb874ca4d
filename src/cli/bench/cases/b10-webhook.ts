/** B10: how long after Azure Monitor's webhook came in the alert of what it is about is posted. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { deliver, saidInThread } from '../activities.ts';
import { runningJob, seedEstate, type Added } from '../estate.ts';
import { quantile, type Figure } from '../figure.ts';
import { openTestDatabase, type TestDatabase } from '../processes/postgres.ts';
import { lastPolls } from '../../../store/vault-polls.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../bench-context.ts';
import { latency, startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { startConnector, type StubConnector } from '../processes/stub-connector.ts';

const azureMs = 100;
const secret = 'ofthemeasurementandofnothingelse00';
const timeoutMs = 60_000;
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
    await replica.child.ask('inventory');
    const watch = { serviceUrl: connector.serviceUrl, thread: 'watch', text: 'backup watch' };
    await deliver(replica.url, saidInThread(watch));
    context.say('waiting until every vault was polled');
    await polled(testDatabase, vms);
    await azure.fault(latency(azureMs));
    const [took, answered]: [number[], number[]] = [[], []];
    for (const [at, vm] of vms.entries()) {
      const error = errorOf(at);
      await fails(azure, vm, error);
      const shown = arrival(connector, error);
      const start = Date.now();
      await posts(replica.url, vm);
      answered.push(Date.now() - start);
      took.push((await shown) - start);
    }
    return figureOf({ took, answered });
  } finally {
    await replica.child.end();
    await connector.close();
    await testDatabase.end();
    await azure.end();
  }
}

async function polled({ database }: TestDatabase, vms: readonly Added[]): Promise<void> {
  const end = performance.now() + timeoutMs;
  const all = new Set(vms.map(({ vaultId }) => vaultId.toLowerCase()));
  while ((await lastPolls(database.db)).filter(({ vault }) => all.has(vault.toLowerCase())).length < all.size) {
    if (performance.now() > end) throw new Error('not every vault was polled in time');
    await pause(250);
  }
}

/** Digits do not tell one error from another. */
function errorOf(at: number): string {
  return `BenchError${at.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string)}`;
}

async function fails(azure: SimulatedAzure, vm: Added, errorTitle: string): Promise<void> {
  const { jobs } = await azure.state();
  const now = new Date();
  const errors = [{ errorCode: 12, errorTitle, errorString: 'It broke.', recommendations: [] }];
  const failed = { ...runningJob(vm, randomUUID(), now), status: 'Failed' as const, end: now.toISOString(), errors };
  await azure.change({ jobs: [...jobs, failed] });
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

/** When the first message that tells of this error came to the connector. */
function arrival(connector: StubConnector, error: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const late = setTimeout(() => reject(new Error('an alert was not posted in time')), timeoutMs);
  connector.onArrival = ({ at, body }) => {
    if (!body.includes(error)) return;
    clearTimeout(late);
    resolve(at);
  };
  return promise;
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
