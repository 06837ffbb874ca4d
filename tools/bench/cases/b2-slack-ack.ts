/**
 * B2: how fast Slack gets its acknowledgement of `/backup vm`, compared with a Bolt app that stores one row before it
 * acknowledges, and with one that stores nothing.
 */
import { startChild, type Child } from '../processes/child.ts';
import { quantile, type Figure, type Value } from '../figure.ts';
import type { Loaded } from '../load.ts';
import type { CrowdAsk } from '../processes/outside-slack.ts';
import { openTestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { latency, startAzure } from '../processes/simulated-azure.ts';
import { entraId, slackId, slackSettings, workspace } from '../slash-commands.ts';

const rounds = 3;
const callMs = 100;
const burstSize = 500;
/** People who are linked to Entra; the burst comes from others, whom the product has never seen. */
const linked = { people: 20, firstPerson: 0, channels: 10 };
const strangers = { people: burstSize, firstPerson: 1000, channels: 1 };

type Round = {
  readonly mute: Loaded;
  readonly bolt: Loaded;
  readonly storing: Loaded;
  readonly ack: Loaded;
  readonly steady: Loaded;
  readonly burst: Loaded;
};

/** Measures it; the median of three rounds, each with fresh tables. */
export async function slackAck(context: BenchContext): Promise<Figure> {
  const { child: outside, ready } = await startChild<{ apiUrl: string }>('outside-slack', {
    about: { afterMs: callMs },
  });
  const { child: bolt, ready: bare } = await startChild<{ url: string }>('../peers/bench-bolt', {
    about: { ...workspace, apiUrl: ready.apiUrl, database: context.server.url },
  });
  try {
    const all: Round[] = [];
    const around = { outside, apiUrl: ready.apiUrl, boltUrl: bare.url };
    for (let n = 0; n < (context.quick ? 1 : rounds); n++) all.push(await round(context, around));
    return figureOf(all, burstOf(context));
  } finally {
    await Promise.all([outside.end(), bolt.end()]);
  }
}

type Around = { readonly outside: Child; readonly apiUrl: string; readonly boltUrl: string };

/** Bolt has the machine for itself; each of the product's numbers includes what its own requests cause. */
async function round(context: BenchContext, around: Around): Promise<Round> {
  const { outside, boltUrl } = around;
  const seconds = context.quick ? 0.1 : 6;
  const load = (ask: CrowdAsk) => outside.ask<Loaded>('load', ask);
  const atTwenty = async (target: Target) => {
    await load({ ...target, connections: 4, seconds: seconds / 2 });
    return load({ ...target, connections: 20, seconds });
  };
  const mute = await atTwenty({ ...all(boltUrl), command: '/acknowledge' });
  const bolt = await atTwenty(all(boltUrl));
  const storing = await atTwenty({ ...all(boltUrl), command: '/store' });
  const ack = await onProduct(context, around, (url) => atTwenty(all(url)));
  const [steady, burst] = await onProduct(context, around, async (url) => {
    await load({ ...all(url), connections: 4, seconds: seconds / 2 });
    const evenly = await load({ ...all(url), perSecond: 50, seconds: seconds * 2 });
    return [evenly, await load({ ...all(url), ...strangers, atOnce: burstOf(context) })] as const;
  });
  return { mute, bolt, storing, ack, steady, burst };
}

type Target = ReturnType<typeof all>;

function all(url: string) {
  return { url, command: '/backup', text: 'vm-sql-01', ...linked };
}

/** The product on fresh tables, with Azure and Slack at 100 ms per call. */
async function onProduct<T>(
  context: BenchContext,
  { apiUrl }: Around,
  measure: (url: string) => Promise<T>,
): Promise<T> {
  const azure = await startAzure(60);
  const testDatabase = await openTestDatabase(context.server);
  const replica = await startReplica(context, { testDatabase, azure, config: people(), env: slackSettings(apiUrl) });
  try {
    await replica.child.ask('inventory');
    await azure.fault(latency(callMs));
    return await measure(replica.url);
  } finally {
    await replica.child.kill();
    await testDatabase.end();
    await azure.end();
  }
}

function people(): string {
  const lines = Array.from({ length: linked.people }, (_, n) => {
    return `  - { entra: ${entraId(n)}, slack: ${slackId('U', n)} }`;
  });
  return ['people:', ...lines, ''].join('\n');
}

function burstOf({ quick }: BenchContext): number {
  return quick ? 50 : burstSize;
}

function figureOf(all: readonly Round[], burst: number): Figure {
  const median = (of: (round: Round) => number) => quantile(all.map(of), 0.5);
  const ratio = median(({ ack, storing }) => ack.perSecond / storing.perSecond);
  const steady = median((round) => round.steady.p99);
  const slowest = Math.max(...all.map((round) => round.burst.slowest));
  const unanswered = all.reduce((sum, round) => sum + round.ack.errors + round.steady.errors + round.burst.errors, 0);
  return {
    id: 'B2',
    title: 'Slack’s acknowledgement of `/backup vm` on PostgreSQL',
    values: [
      { name: 'acknowledged, 20 connections', value: median(({ ack }) => ack.perSecond), unit: '/s' },
      { name: 'p50, 20 connections', value: median(({ ack }) => ack.p50), unit: 'ms' },
      { name: 'p99, 20 connections', value: median(({ ack }) => ack.p99), unit: 'ms' },
      { name: 'p50 at 50/s', value: median((round) => round.steady.p50), unit: 'ms' },
      { name: `p50 in a burst of ${burst}`, value: median((round) => round.burst.p50), unit: 'ms' },
    ],
    baseline: baselineOf(all),
    goals: [
      {
        text: 'of the storing Bolt’s acknowledgements per second',
        reached: ratio,
        must: 'at-least',
        bound: 0.5,
        unit: '×',
      },
      { text: 'p99 at 50/s', reached: steady, must: 'at-most', bound: 100, unit: 'ms' },
      { text: `slowest in a burst of ${burst}`, reached: slowest, must: 'at-most', bound: 3000, unit: 'ms' },
      { text: 'not acknowledged', reached: unanswered, must: 'at-most', bound: 0, unit: '' },
    ],
    notes: [
      `Everything is on: the same process opens the threads (${callMs} ms per call to Slack) and reads Azure (${callMs} ms per call) for what was asked.`,
      'Bare Bolt stores nothing before it acknowledges, the other one a row; the product has everything in its database by then.',
      'The burst is in one channel, by people whom the product has never seen.',
    ],
  };
}

function baselineOf(all: readonly Round[]): Value[] {
  const median = (of: (round: Round) => number) => quantile(all.map(of), 0.5);
  return [
    {
      name: 'bare Bolt that acknowledges and says something, 20 connections',
      value: median(({ bolt }) => bolt.perSecond),
      unit: '/s',
    },
    { name: 'its p50', value: median(({ bolt }) => bolt.p50), unit: 'ms' },
    { name: 'its p99', value: median(({ bolt }) => bolt.p99), unit: 'ms' },
    {
      name: 'Bolt that stores a row first, 20 connections',
      value: median(({ storing }) => storing.perSecond),
      unit: '/s',
    },
    { name: 'one that only acknowledges', value: median(({ mute }) => mute.perSecond), unit: '/s' },
  ];
}
