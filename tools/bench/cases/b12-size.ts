/** B12: what each command about the whole estate costs in a large one, in a process as small as the template's. */
import { deliver, saidInThread, threadId } from '../activities.ts';
import { seedEstate } from '../estate.ts';
import { shown, type Figure, type Goal } from '../figure.ts';
import { openTestDatabase } from '../processes/postgres.ts';
import { startReplica, type Replica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { latency, startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { startConnector, type StubConnector } from '../processes/stub-connector.ts';
import type { Usage } from '../usage.ts';

const commands = ['forecast', 'digest', 'status', 'protected', 'unprotected'] as const;
const azureMs = 20;
const timeoutMs = 600_000;
/** The heap that Node takes in a container of 1 GiB. */
const heapMb = 512;
const perThousand = 1000;
const [usual, quick] = [10_000, 100];

/** NaN where the process ended, or no answer came. */
type Taken = {
  readonly command: (typeof commands)[number];
  readonly tookS: number;
  readonly cpuS: number;
  readonly peakMb: number;
  readonly grewMb: number;
  readonly calls: number;
  readonly title: string;
};

type Around = { readonly context: BenchContext; readonly azure: SimulatedAzure; readonly connector: StubConnector };

/** Measures each command in a process of its own: typed, until its card is there. */
export async function size(context: BenchContext): Promise<Figure> {
  const vms = context.vms ?? (context.quick ? quick : usual);
  const azure = await startAzure(60);
  const connector = await startConnector();
  try {
    // A tenth isn't protected, another one has disks with keys.
    const isEncrypted = (n: number) => n % 10 === 1;
    const isProtected = (n: number) => n % 10 !== 0;
    await seedEstate(azure, { vms, vaults: Math.ceil(vms / 100), isProtected, isEncrypted, points: 1 });
    await azure.fault(latency(azureMs));
    const taken: Taken[] = [];
    for (const command of commands) {
      taken.push(await take(command, { context, azure, connector }));
      context.say(`${command}: ${taken.at(-1)?.title}`);
    }
    return figureOf(vms, taken);
  } finally {
    await connector.close();
    await azure.end();
  }
}

async function take(command: Taken['command'], around: Around): Promise<Taken> {
  const { context, azure } = around;
  const testDatabase = await openTestDatabase(context.server);
  const flags = [`--max-old-space-size=${heapMb}`, ...(context.flags ?? [])];
  const replica = await startReplica(context, { testDatabase, azure, flags });
  try {
    await replica.child.ask('inventory');
    await azure.forget();
    return await typed(command, replica, around);
  } finally {
    await replica.child.end();
    await testDatabase.end();
  }
}

async function typed(command: Taken['command'], { child, url }: Replica, on: Around): Promise<Taken> {
  const before = await child.ask<Usage>('usage');
  const start = performance.now();
  const answer = answerIn(on.connector, command);
  const { serviceUrl } = on.connector;
  await deliver(url, saidInThread({ serviceUrl, thread: command, text: `backup ${command}` }));
  const died = child.ended.then(({ how }) => `the process ended (${how})`);
  const title = await Promise.race([answer, died]);
  const tookS = (performance.now() - start) / 1000;
  const nothing = { tookS: Number.NaN, cpuS: Number.NaN, peakMb: Number.NaN, grewMb: Number.NaN, calls: Number.NaN };
  const after = await child.ask<Usage>('usage').catch(() => null);
  if (after === null) return { command, ...nothing, title };
  // The watcher keeps running: its lists of jobs don't belong to the read.
  const calls = (await on.azure.requests()).filter(({ path }) => !/\/backupJobs(\?|$)/.test(path)).length;
  const [cpuS, grewMb] = [(after.cpuMs - before.cpuMs) / 1000, after.peakMb - before.rssMb];
  return { command, tookS, cpuS, peakMb: after.peakMb, grewMb, calls, title };
}

/** The title of the first card in this thread that isn't waiting for anything. */
function answerIn(connector: StubConnector, thread: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no card for ${thread} in time`)), timeoutMs);
    connector.onArrival = ({ conversation, body }) => {
      const { attachments } = JSON.parse(body) as { attachments?: { content?: { fallbackText?: string } }[] };
      const title = attachments?.[0]?.content?.fallbackText;
      if (conversation !== threadId(thread) || title === undefined || title.startsWith('⏳')) return;
      clearTimeout(late);
      resolve(title);
    };
  });
}

function figureOf(vms: number, taken: readonly Taken[]): Figure {
  const thousands = vms / perThousand;
  const count = vms.toLocaleString('en-US');
  const goals = taken.flatMap(({ command, tookS, peakMb }): Goal[] => [
    { text: `${command}, answered in`, reached: tookS, must: 'at-most', bound: 30, unit: 's' },
    { text: `${command}, memory (RSS, peak)`, reached: peakMb, must: 'at-most', bound: 400, unit: 'MB' },
  ]);
  const per = (value: number, unit: string) => `${shown(value / thousands)} ${unit}`.trim();
  return {
    id: vms === usual || vms === quick ? 'B12' : `B12, ${count} VMs`,
    title: `commands about ${count} VMs at ${azureMs} ms per Azure call, each in a process with a heap of ${heapMb} MB; CPU not limited`,
    values: taken.flatMap(({ command, cpuS, calls }) => [
      { name: `${command}, CPU`, value: cpuS, unit: 's' },
      { name: `${command}, calls`, value: calls, unit: '' },
    ]),
    baseline: [],
    goals,
    notes: [
      'Typed in a thread, until the card is there. A tenth of the VMs is unprotected, a tenth has disks with BEK and KEK.',
      'At half a core each takes at least twice its CPU seconds. Lists of jobs are not among the calls.',
    ],
    table: {
      head: ['command', 'memory', 'calls', 'seconds', 'seconds of CPU'],
      rows: taken.map(({ command, grewMb, calls, tookS, cpuS }) => [
        `\`backup ${command}\``,
        per(grewMb, 'MB'),
        per(calls, ''),
        per(tookS, 's'),
        per(cpuS, 's'),
      ]),
    },
  };
}
