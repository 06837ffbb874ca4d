/** B8: what a forecast of a thousand protected VMs, and the digest made from the same lists, cost Azure and us. */
import type { Child } from '../processes/child.ts';
import { seedEstate } from '../estate.ts';
import type { Figure } from '../figure.ts';
import { openTestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { latency, startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import type { Hurry } from '../usage.ts';

const azureMs = 100;
const vaults = 10;
const idleMs = 5_000;

type Taken = Hurry & { readonly calls: number };

/** Measures it, with an empty cache. */
export async function forecast(context: BenchContext): Promise<Figure> {
  const azure = await startAzure(60);
  const testDatabase = await openTestDatabase(context.server);
  const { child } = await startReplica(context, { testDatabase, azure });
  const vms = context.quick ? 100 : 1000;
  try {
    await seedEstate(azure, { vms, vaults, isProtected: true, isEncrypted: true });
    await child.ask('inventory');
    await azure.fault(latency(azureMs));
    const idle = await child.ask<Hurry>('idle', context.quick ? 100 : idleMs);
    const taken = await take(child, azure, 'forecast');
    return figureOf(vms, { idle, forecast: taken, digest: await take(child, azure, 'digest') });
  } finally {
    await child.end();
    await testDatabase.end();
    await azure.end();
  }
}

/** The watcher keeps running: its lists of jobs don't belong to the read. */
async function take(child: Child, azure: SimulatedAzure, what: 'forecast' | 'digest'): Promise<Taken> {
  await azure.forget();
  const hurry = await child.ask<Hurry>(what);
  const calls = (await azure.requests()).filter(({ path }) => !/\/backupJobs(\?|$)/.test(path));
  return { ...hurry, calls: calls.length };
}

function figureOf(vms: number, taken: { idle: Hurry; forecast: Taken; digest: Taken }): Figure {
  const valuesOf = (what: 'forecast' | 'digest') => {
    const { calls, tookMs, cpuMs, longestMs } = taken[what];
    return [
      { name: `${what}, calls`, value: calls, unit: '' },
      { name: `${what}, took`, value: tookMs / 1000, unit: 's' },
      { name: `${what}, CPU`, value: cpuMs / 1000, unit: 's' },
      { name: `${what}, longest wait of others`, value: longestMs, unit: 'ms' },
    ];
  };
  const goals = (['forecast', 'digest'] as const).flatMap((what) => [
    { text: `calls of a ${what}`, reached: taken[what].calls, must: 'at-most' as const, bound: 300, unit: '' },
    { text: `CPU of a ${what}`, reached: taken[what].cpuMs / 1000, must: 'at-most' as const, bound: 5, unit: 's' },
  ]);
  return {
    id: 'B8',
    title: `forecast and digest of ${vms.toLocaleString('en-US')} VMs at ${azureMs} ms per Azure call`,
    values: [...valuesOf('forecast'), ...valuesOf('digest')],
    baseline: [{ name: 'longest wait of an idle process', value: taken.idle.longestMs, unit: 'ms' }],
    goals,
    notes: ['The VMs are encrypted with BEK and KEK, and protected in 10 vaults; lists have 100 to a page.'],
  };
}
