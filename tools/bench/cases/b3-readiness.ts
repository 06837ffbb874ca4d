/** B3: how long it takes to read and judge one VM, and fifty, when each call to Azure takes 100 ms. */
import type { LoggedRequest } from '../../../src/sim/request-log.ts';
import type { Child } from '../processes/child.ts';
import { seedEstate } from '../estate.ts';
import { quantile, type Figure } from '../figure.ts';
import { openTestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { latency, startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';

const azureMs = 100;
const many = 50;

type Taken = {
  readonly one: number[];
  readonly callsOfOne: number;
  readonly many: number[];
  readonly log: readonly LoggedRequest[];
  readonly call: number;
};

/** Measures it, with an empty cache each time. */
export async function readiness(context: BenchContext): Promise<Figure> {
  const azure = await startAzure(60);
  const testDatabase = await openTestDatabase(context.server);
  const { child } = await startReplica(context, { testDatabase, azure });
  try {
    const vms = await seedEstate(azure, { vms: many, vaults: 1, isProtected: false, isEncrypted: true });
    await child.ask('inventory');
    await azure.fault(latency(azureMs));
    return figureOf(
      await take(child, {
        azure,
        names: vms.map(({ name }) => name),
        one: vms[0]?.id ?? '',
        times: context.quick ? 1 : 20,
      }),
    );
  } finally {
    await child.end();
    await testDatabase.end();
    await azure.end();
  }
}

type Taking = { azure: SimulatedAzure; names: readonly string[]; one: string; times: number };

async function take(child: Child, { azure, names, one, times }: Taking): Promise<Taken> {
  await child.ask('readOne', one); // opens the connections
  const [first, all]: [number[], number[]] = [[], []];
  await azure.forget();
  for (let n = 0; n < times; n++) first.push(await child.ask<number>('readOne', one));
  const callsOfOne = (await azure.requests()).length / times;
  for (let n = 0; n < Math.min(times, 5); n++) {
    await azure.forget();
    all.push(await child.ask<number>('readBatch', names));
  }
  return { one: first, callsOfOne, many: all, log: await azure.requests(), call: await aCall(azure, times) };
}

/** What one call takes here, including the simulator's own work. */
async function aCall(azure: SimulatedAzure, times: number): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    const start = performance.now();
    await (
      await fetch(`${azure.url}/subscriptions?api-version=2022-12-01`, { headers: { authorization: 'Bearer x' } })
    ).text();
    took.push(performance.now() - start);
  }
  return quantile(took, 0.5);
}

function figureOf({ one, callsOfOne, many: all, log, call }: Taken): Figure {
  const [median, manyMedian] = [quantile(one, 0.5), quantile(all, 0.5)];
  const reads = log.filter(({ method }) => method === 'GET').length;
  const posts = log.length - reads;
  return {
    id: 'B3',
    title: `readiness at ${azureMs} ms per Azure call`,
    values: [
      { name: 'one VM, median of 20', value: median, unit: 'ms' },
      { name: 'one VM, calls', value: callsOfOne, unit: '' },
      { name: 'one VM, in calls one after another', value: median / call, unit: '×' },
      { name: '50 VMs, median of 5', value: manyMedian, unit: 'ms' },
      { name: '50 VMs, reads', value: reads, unit: '' },
      { name: '50 VMs, POSTs', value: posts, unit: '' },
    ],
    baseline: [{ name: 'one call', value: call, unit: 'ms' }],
    goals: [
      { text: 'one VM', reached: median, must: 'at-most', bound: 600, unit: 'ms' },
      { text: '50 VMs', reached: manyMedian, must: 'at-most', bound: 3000, unit: 'ms' },
      { text: 'reads for 50 VMs', reached: reads, must: 'at-most', bound: 120, unit: '' },
      { text: 'POSTs for 50 VMs', reached: posts, must: 'at-most', bound: 55, unit: '' },
    ],
    notes: ['The VMs are encrypted with BEK and KEK and not protected; no cache is warm, the inventory is.'],
  };
}
