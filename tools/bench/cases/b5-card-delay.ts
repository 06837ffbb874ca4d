/** B5: how long after a job ended in Azure its card says so. */
import { setTimeout as pause } from 'node:timers/promises';
import { realWaits } from '../../../src/operations/list.ts';
import { threadId } from '../activities.ts';
import { seedEstate, type Added } from '../estate.ts';
import { quantile, type Figure } from '../figure.ts';
import { typeBackups } from '../operations.ts';
import { openTestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { startConnector, type StubConnector } from '../processes/stub-connector.ts';

const timeoutMs = 180_000;

/** Measures it on real backups through the endpoint, with the product's own intervals; only Azure's jobs are faster. */
export async function cardDelay(context: BenchContext): Promise<Figure> {
  const count = context.quick ? 3 : 60;
  const azure = await startAzure(context.quick ? 3000 : 30);
  const testDatabase = await openTestDatabase(context.server);
  const connector = await startConnector();
  const closed = closingTimes(connector);
  const replica = await startReplica(context, { testDatabase, azure, ...(context.quick && { speed: 3000 }) });
  try {
    const vms = await seedEstate(azure, { vms: count, vaults: 3, isProtected: true, isEncrypted: false });
    await replica.child.ask('inventory');
    context.say('starting backups');
    for (let at = 0; at < vms.length; at += 4) {
      await typeBackups(replica.url, connector.serviceUrl, vms.slice(at, at + 4));
      if (!context.quick) await pause(1300);
    }
    context.say('waiting for their ends');
    await until(() => vms.every(({ name }) => closed.has(threadId(name))));
    return figureOf(await delays(azure, { vms, closed }));
  } finally {
    await replica.child.end();
    await connector.close();
    await testDatabase.end();
    await azure.end();
  }
}

/**
 * When each conversation's card first showed that nothing is running any more, after it had shown that something was.
 */
function closingTimes(connector: StubConnector): Map<string, number> {
  const running = new Set<string>();
  const closed = new Map<string, number>();
  connector.onArrival = ({ at, conversation, edit, body }) => {
    const { attachments } = JSON.parse(body) as { attachments?: { content?: { fallbackText?: string } }[] };
    const title = attachments?.[0]?.content?.fallbackText;
    if (!edit || title === undefined) return;
    if (title.startsWith('⏳')) running.add(conversation);
    else if (!closed.has(conversation)) closed.set(conversation, at);
  };
  return closed;
}

async function delays(
  azure: SimulatedAzure,
  { vms, closed }: { vms: readonly Added[]; closed: ReadonlyMap<string, number> },
): Promise<number[]> {
  const { jobs } = await azure.state();
  return vms.map((vm) => {
    const job = jobs.findLast(({ vmId, onDemand }) => vmId === vm.id && onDemand);
    return (closed.get(threadId(vm.name)) ?? Number.NaN) - Date.parse(job?.end ?? '');
  });
}

async function until(done: () => boolean): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!done()) {
    if (performance.now() > end) throw new Error('not every card was closed in time');
    await pause(50);
  }
}

function figureOf(all: readonly number[]): Figure {
  const interval = realWaits.jobEarly;
  const p95 = quantile(all, 0.95);
  return {
    id: 'B5',
    title: `a job ends in Azure → its card says so (${all.length} backups)`,
    values: [
      { name: 'median', value: quantile(all, 0.5), unit: 'ms' },
      { name: 'p95', value: p95, unit: 'ms' },
      { name: 'slowest', value: Math.max(...all), unit: 'ms' },
    ],
    baseline: [{ name: 'the interval in force', value: interval, unit: 'ms' }],
    goals: [{ text: 'p95', reached: p95, must: 'at-most', bound: interval + 1000, unit: 'ms' }],
    notes: ['The jobs are in their first five minutes. The card is edited at most every 2 s, as in the product.'],
  };
}
