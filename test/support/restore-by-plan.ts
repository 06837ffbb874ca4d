/** A restore as the product plans and runs it, against the simulated Azure over HTTP, without its chat. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { AzureFault } from '../../src/azure/faults.ts';
import { estateOf } from '../../src/bot/estate/estate.ts';
import { partKindOf } from '../../src/operations/list.ts';
import type { Outcome, PartState, Run } from '../../src/operations/ground/part.ts';
import type { Part } from '../../src/operations/parts/parts.ts';
import type { Plan } from '../../src/operations/parts/plan.ts';
import {
  isPossible,
  offeredPoints,
  planOf,
  restoreIn,
  type RestoreKnown,
} from '../../src/operations/restore/restore-disks/choice.ts';
import { readDestinations } from '../../src/operations/restore/restore-disks/destinations.ts';
import { findRestorable } from '../../src/operations/restore/restore-disks/restorable.ts';
import { problemsOf } from '../../src/operations/restore/restore-disks/restore-checks.ts';
import type { TestBot } from './start-bot.ts';

/** `finished`, or why not. */
export type RestoreEnd = 'finished' | `refused: ${string}`;

/** Restores the disks of a VM's newest point to wherever it is possible; a person would have approved it. */
export async function restoreByPlan(bot: TestBot, vm: string): Promise<RestoreEnd> {
  const choices = await choicesOf(bot, vm);
  if (typeof choices === 'string') return choices;
  let refused: RestoreEnd = 'refused: nowhere to restore to';
  for (const known of choices) {
    const plan = await checked(bot, known);
    if (typeof plan !== 'string') return runAll(bot, plan);
    refused = plan;
  }
  return refused;
}

async function choicesOf(bot: TestBot, vm: string): Promise<RestoreEnd | readonly Partial<RestoreKnown>[]> {
  const estate = await estateOf(bot.deps, null);
  const found = await findRestorable(estate, vm, null);
  if (!found.restorable) return 'refused: no backups';
  const [point] = offeredPoints(found);
  if (!point) return 'refused: no point';
  const destinations = await readDestinations(estate, found.restorable);
  const priority = point.archived ? { priority: 'High' as const } : {};
  const fit = destinations.accounts.filter(({ unfit }) => unfit === null);
  // As somebody would choose who knows the places: where the roles are made for it, and without a firewall.
  const accounts = fit.toSorted((a, b) => Number(a.byIdentity === true) - Number(b.byIdentity === true));
  const rank = ({ name }: { readonly name: string }) => Number(!/^rg-(restore|neu)$/.test(name));
  return destinations.groups
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(({ id: group }) =>
      accounts.map(({ id: account }) => ({
        found,
        point: point.name,
        destinations,
        target: { group, account, reason: 'a test', make: 'disks' as const, ...priority },
      })),
    );
}

async function checked(bot: TestBot, known: Partial<RestoreKnown>): Promise<Plan | RestoreEnd> {
  const plan = planOf(known);
  if (!plan) return 'refused: no plan';
  const estate = await estateOf(bot.deps, null);
  try {
    const problems = await problemsOf(estate, restoreIn(plan));
    if (!isPossible({ ...known, problems })) return `refused: ${problems[0]?.code ?? 'no identity'}`;
  } catch (error) {
    if (error instanceof AzureFault) return `refused: ${error.kind}`;
    throw error;
  }
  return plan;
}

async function runAll(bot: TestBot, plan: Plan): Promise<RestoreEnd> {
  const states: Record<string, PartState> = {};
  for (const part of plan.parts) {
    const outcome = await runOne(bot, part, states);
    if (typeof outcome === 'string') return `refused: ${outcome}`;
    if (outcome.ended !== 'done')
      return `refused: ${part.does} ${outcome.ended} ${'failure' in outcome ? JSON.stringify(outcome.failure) : ''}`;
  }
  return 'finished';
}

/** Runs a part to its end. What only a person can remove ends it here. */
async function runOne(bot: TestBot, part: Part, states: Record<string, PartState>): Promise<Outcome | string> {
  const { runner } = partKindOf(part);
  const began = new Date();
  let [stage, memo]: [string, object] = [runner.first, {}];
  for (;;) {
    const run = runOf(bot, part, { memo, began, states });
    const next = await runner.stages[stage]!(run).catch((error: unknown) => {
      if (error instanceof AzureFault) return `${stage}: ${error.kind}`;
      throw error;
    });
    if (typeof next === 'string') return next;
    memo = next.memo ?? memo;
    const now = { memo, stage, dueAt: '', began: began.toISOString(), silentSince: null, endedAt: null };
    if ('outcome' in next) {
      states[part.id] = { ...now, outcome: next.outcome };
      return next.outcome;
    }
    const { obstacle } = memo as { obstacle?: { why: string } | null };
    if (obstacle) return `obstacle ${obstacle.why}`;
    stage = next.stage;
    await setTimeout(next.inMs);
  }
}

type Running = { readonly memo: object; readonly began: Date; readonly states: Readonly<Record<string, PartState>> };

function runOf({ deps }: TestBot, part: Part, { memo, began, states }: Running): Run {
  const signal = new AbortController().signal;
  const write: Run['write'] = async ({ send }) => {
    const id = randomUUID();
    const deadline = { over: signal, mayLeave: () => true, answerMs: 60_000 };
    try {
      return { end: 'accepted', value: await send({ id, signal, deadline }), attemptId: id, adopted: false };
    } catch (error) {
      if (!(error instanceof AzureFault)) throw error;
      return { end: 'refused', fault: error.facts };
    }
  };
  const { azure, waits, log } = deps;
  const nothing = { kekExceptions: null as never, standingDrills: null as never, history: () => Promise.resolve([]) };
  const others = (id: string) => states[id] ?? null;
  const now = new Date();
  return {
    part,
    memo,
    began,
    now,
    azure,
    waits,
    operation: 'a-test',
    cancelAsked: false,
    others,
    write,
    writeOnce: write,
    log,
    ...nothing,
  };
}
