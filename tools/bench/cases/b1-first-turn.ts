/**
 * B1: how many first turns of `/backup vm` the product handles, compared with a bare botbuilder that echoes, and with
 * what people would write otherwise: botbuilder-dialogs with its state in the same PostgreSQL.
 */
import { quantile, type Figure, type Goal, type Value } from '../figure.ts';
import { dialogsPackages } from '../peers/dialogs-packages.ts';
import { startChild, type Child } from '../processes/child.ts';
import type { Loaded } from '../load.ts';
import type { LoadAsk } from '../processes/outside.ts';
import { openTestDatabase, type TestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import { serverWork } from '../../../src/store/server-work.ts';
import type { BenchContext } from '../processes/bench-context.ts';
import { latency, startAzure } from '../processes/simulated-azure.ts';
import type { Usage } from '../usage.ts';

const rounds = 3;
const azureMs = 100;
const text = 'backup vm-sql-01';

type Round = {
  readonly echo: Loaded;
  readonly echoAlone: Loaded;
  /** Null: its packages couldn't be fetched. */
  readonly dialogs: Loaded | null;
  readonly turn: Loaded;
  readonly turnAlone: Loaded;
  /** What the product used for each turn at 20 connections, including everything that its dialogs cause. */
  readonly each: Taken;
};
type Taken = { readonly cpuMs: number; readonly walBytes: number; readonly roundTrips: number | null };

/** Measures it; the median of three rounds, each with fresh tables. */
export async function firstTurn(context: BenchContext): Promise<Figure> {
  const { child: outside } = await startChild('outside', { about: {} });
  const { child: echo, ready } = await startChild<{ url: string }>('../peers/bench-echo', { about: {} });
  const packages = context.quick ? null : await dialogsPackages();
  const dialogs = packages && (await startDialogs(context, packages.folder));
  try {
    const all: Round[] = [];
    for (let n = 0; n < (context.quick ? 1 : rounds); n++)
      all.push(await round(context, { outside, echoUrl: ready.url, dialogsUrl: dialogs?.ready.url ?? null }));
    return figureOf(all);
  } finally {
    await Promise.all([outside.end(), echo.end(), dialogs?.child.end()]);
    await packages?.end();
  }
}

function startDialogs({ server }: BenchContext, packages: string) {
  return startChild<{ url: string }>('../peers/bench-dialogs', { about: { packages, database: server.url } });
}

type Measured = { readonly outside: Child; readonly echoUrl: string; readonly dialogsUrl: string | null };

async function round(context: BenchContext, { outside, echoUrl, dialogsUrl }: Measured): Promise<Round> {
  const azure = await startAzure(60);
  const testDatabase = await openTestDatabase(context.server);
  const replica = await startReplica(context, { testDatabase, azure });
  const seconds = context.quick ? 0.1 : 6;
  const load = (url: string, connections: number) =>
    outside.ask<Loaded>('load', { url, connections, seconds, text } satisfies LoadAsk);
  const warmUp = (url: string) => outside.ask('load', { url, connections: 4, seconds: seconds / 2, text });
  try {
    await replica.child.ask('inventory');
    await azure.fault(latency(azureMs));
    // First the echo and the dialogs, while the product has nothing to do; then the product, with everything that its
    // dialogs cause.
    await warmUp(echoUrl);
    const echoAlone = await load(echoUrl, 1);
    const echo = await load(echoUrl, 20);
    if (dialogsUrl !== null) await warmUp(dialogsUrl);
    const dialogs = dialogsUrl === null ? null : await load(dialogsUrl, 20);
    await warmUp(replica.url);
    const turnAlone = await load(replica.url, 1);
    const taken = async () => takenSoFar(context, { testDatabase, child: replica.child });
    const before = await taken();
    const turn = await load(replica.url, 20);
    const after = await taken();
    const each = (of: (all: Taken) => number | null) => ((of(after) ?? 0) - (of(before) ?? 0)) / turn.answered;
    const roundTrips = context.server.roundTrips && each((all) => all.roundTrips);
    const spent = { cpuMs: each(({ cpuMs }) => cpuMs), walBytes: each(({ walBytes }) => walBytes), roundTrips };
    return { echo, echoAlone, dialogs, turn, turnAlone, each: spent };
  } finally {
    await replica.child.kill();
    await testDatabase.end();
    await azure.end();
  }
}

async function takenSoFar(
  { server }: BenchContext,
  { testDatabase, child }: { testDatabase: TestDatabase; child: Child },
): Promise<Taken> {
  const { cpuMs } = await child.ask<Usage>('usage');
  const { walBytes } = await serverWork(testDatabase.database.db);
  return { cpuMs, walBytes, roundTrips: (await server.roundTrips?.()) ?? null };
}

const medianOf = (all: readonly Round[]) => (of: (round: Round) => number) => quantile(all.map(of), 0.5);

function figureOf(all: readonly Round[]): Figure {
  const median = medianOf(all);
  return {
    id: 'B1',
    title: 'first turn of `/backup vm` on PostgreSQL',
    values: valuesOf(all),
    baseline: [
      { name: 'bare botbuilder echo, 20 connections', value: median(({ echo }) => echo.perSecond), unit: '/s' },
      { name: 'its p99', value: median(({ echo }) => echo.p99), unit: 'ms' },
      { name: 'bare botbuilder echo, 1 connection', value: median(({ echoAlone }) => echoAlone.perSecond), unit: '/s' },
      { name: 'its p50', value: median(({ echoAlone }) => echoAlone.p50), unit: 'ms' },
      ...dialogsOf(all),
    ],
    goals: goalsOf(all),
    notes: [
      `Everything is on: beside the turns the same process delivers the cards and reads Azure (${azureMs} ms per call) for the dialogs that they opened. That is also in what each turn took.`,
      ...(all.some(({ dialogs }) => dialogs)
        ? []
        : ['botbuilder-dialogs wasn’t measured: a quick run, or its packages couldn’t be fetched.']),
    ],
  };
}

/** Nothing if it couldn't be measured. */
function dialogsOf(all: readonly Round[]): Value[] {
  const measured = all.flatMap(({ dialogs }) => dialogs ?? []);
  if (measured.length === 0) return [];
  const median = (of: (loaded: Loaded) => number) => quantile(measured.map(of), 0.5);
  return [
    { name: 'botbuilder-dialogs on PostgreSQL, 20 connections', value: median((one) => one.perSecond), unit: '/s' },
    { name: 'its p99', value: median((one) => one.p99), unit: 'ms' },
  ];
}

function valuesOf(all: readonly Round[]): Value[] {
  const median = medianOf(all);
  const unanswered = all.reduce((sum, { turn, turnAlone }) => sum + turn.errors + turnAlone.errors, 0);
  return [
    { name: 'turns, 20 connections', value: median(({ turn }) => turn.perSecond), unit: '/s' },
    { name: 'p50, 20 connections', value: median(({ turn }) => turn.p50), unit: 'ms' },
    { name: 'p99, 20 connections', value: median(({ turn }) => turn.p99), unit: 'ms' },
    { name: 'turns, 1 connection', value: median(({ turnAlone }) => turnAlone.perSecond), unit: '/s' },
    { name: 'p50, 1 connection', value: median(({ turnAlone }) => turnAlone.p50), unit: 'ms' },
    { name: 'WAL per turn', value: median(({ each }) => each.walBytes) / 1024, unit: 'KiB' },
    { name: 'not answered', value: unanswered, unit: '' },
  ];
}

function comparedWithDialogs(all: readonly Round[]): Goal[] {
  const both = all.flatMap(({ turn, dialogs }) => (dialogs ? [{ turn, dialogs }] : []));
  if (both.length === 0) return [];
  const ratio = quantile(
    both.map(({ turn, dialogs }) => turn.perSecond / dialogs.perSecond),
    0.5,
  );
  const slower = quantile(
    both.map(({ turn, dialogs }) => turn.p99 / dialogs.p99),
    0.5,
  );
  return [
    { text: 'of botbuilder-dialogs’ turns per second', reached: ratio, must: 'at-least', bound: 1, unit: '×' },
    { text: 'of its p99', reached: slower, must: 'at-most', bound: 1, unit: '×' },
  ];
}

function goalsOf(all: readonly Round[]): Goal[] {
  const median = medianOf(all);
  const [ratio, p99] = [median(({ turn, echo }) => turn.perSecond / echo.perSecond), median(({ turn }) => turn.p99)];
  const [alone, cpu] = [median(({ turnAlone }) => turnAlone.p50), median(({ each }) => each.cpuMs)];
  // Round trips are only counted on the connection that `--round-trip` puts before the database.
  const trips = all.flatMap(({ each }) => each.roundTrips ?? []);
  const tripsReached = { text: 'round trips per turn', reached: quantile(trips, 0.5) };
  return [
    { text: 'of the echo’s turns per second', reached: ratio, must: 'at-least', bound: 0.42, unit: '×' },
    ...comparedWithDialogs(all),
    { text: 'p99 at 20 connections', reached: p99, must: 'at-most', bound: 150, unit: 'ms' },
    { text: 'p50 at 1 connection', reached: alone, must: 'at-most', bound: 30, unit: 'ms' },
    { text: 'CPU per turn', reached: cpu, must: 'at-most', bound: 2.5, unit: 'ms' },
    ...(trips.length > 0 ? [{ ...tripsReached, must: 'at-most', bound: 3, unit: '' } as const] : []),
  ];
}
