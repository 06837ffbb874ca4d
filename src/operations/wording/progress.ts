/**
 * The states of an operation's parts, and which of them come next. Pure. A part is due when everything it waits for has
 * succeeded and its time has come; if one of those failed it is skipped. One that always runs is never skipped: it is
 * due once everything it waits for has ended.
 */
import type { Kind, Next, Outcome, PartRunner, PartState, StalledBy } from '../ground/part.ts';
import type { Part } from '../parts/parts.ts';
import type { Plan } from '../parts/plan.ts';

/** The states of all parts, by part id. */
export type PartStates = Readonly<Record<string, PartState>>;

/**
 * The state of an operation as a whole. `partly`: something succeeded and something failed. `cancelled`: nothing
 * failed, but a job was cancelled.
 */
type OperationStatus = 'running' | 'succeeded' | 'partly' | 'failed' | 'cancelled';

/** The states in which something failed: it wasn't done as it was supposed to be, and nobody cancelled it. */
export const failedStatuses: readonly string[] = ['failed', 'partly'] satisfies OperationStatus[];

/** The states before the first run. */
export function firstStates(plan: Plan, runners: (part: Part) => PartRunner<Kind>, now: Date): PartStates {
  const waiting = (part: Part): PartState => ({
    stage: runners(part).first,
    dueAt: now.toISOString(),
    began: null,
    memo: {},
    silentSince: null,
    outcome: null,
    endedAt: null,
  });
  return Object.fromEntries(plan.parts.map((part) => [part.id, waiting(part)]));
}

/** The parts that are due now. */
export function dueParts(plan: Plan, states: PartStates, now: Date): readonly Part[] {
  return plan.parts.filter((part) => {
    const state = states[part.id];
    return state && !state.outcome && canBegin(part, states) && msUntil(state, now) <= 20;
  });
}

/** Expedites stages that only read something: somebody asked for it, or a hint has come. Deliberate waits stay. */
export function expedite(
  plan: Plan,
  states: PartStates,
  { runners, now }: { readonly runners: (part: Part) => PartRunner<Kind>; readonly now: Date },
): PartStates {
  const next: Record<string, PartState> = { ...states };
  for (const part of plan.parts) {
    const state = next[part.id];
    if (!state || state.outcome || !runners(part).readStages?.includes(state.stage)) continue;
    next[part.id] = { ...state, dueAt: new Date(Math.min(Date.parse(state.dueAt), now.getTime())).toISOString() };
  }
  return next;
}

/** What the finished parts did. */
export function finished(plan: Plan, states: PartStates): ReadonlySet<Part['does']> {
  return new Set(plan.parts.filter(({ id }) => states[id]?.outcome?.ended === 'done').map(({ does }) => does));
}

/** Marks parts that can never start as skipped, transitively, whatever order the plan lists them in. */
export function skipHopeless(plan: Plan, states: PartStates, now: Date): PartStates {
  const skipped = plan.parts.flatMap((part): [string, PartState][] => {
    const state = states[part.id];
    const because = part.after.find((id) => states[id]?.outcome && !succeeded(states[id].outcome));
    if (!state || state.outcome || !because || part.runs === 'always') return [];
    return [[part.id, { ...state, outcome: { ended: 'skipped', because }, endedAt: now.toISOString() }]];
  });
  // Another part may wait for one that was just skipped.
  return skipped.length === 0 ? states : skipHopeless(plan, { ...states, ...Object.fromEntries(skipped) }, now);
}

/** The state of a part after one stage. */
export function afterStage(state: PartState, next: Next, now: Date): PartState {
  const began = state.began ?? now.toISOString();
  if ('outcome' in next) {
    return {
      ...state,
      began,
      silentSince: null,
      stalled: undefined,
      faults: undefined,
      memo: next.memo ?? state.memo,
      outcome: next.outcome,
      endedAt: now.toISOString(),
    };
  }
  const dueAt = new Date(now.getTime() + Math.min(next.inMs, maxWaitMs)).toISOString();
  const clear = { silentSince: null, stalled: undefined, faults: undefined };
  return { ...state, ...clear, began, stage: next.stage, dueAt, memo: next.memo ?? {} };
}

/** The same if the stage's write is held back; since when is kept. */
export function afterStall(state: PartState, { next, by }: { next: Next; by: StalledBy }, now: Date): PartState {
  const stalled = state.stalled?.by === by ? state.stalled : { by, since: now.toISOString() };
  return { ...afterStage(state, next, now), stalled };
}

/**
 * The state of a part whose stage got no answer from Azure: the same stage is due again, and the start of the silence
 * is kept.
 */
export function afterSilence(state: PartState, inMs: number, now: Date): PartState {
  const dueAt = new Date(now.getTime() + Math.min(inMs, maxWaitMs)).toISOString();
  const nowText = now.toISOString();
  return { ...state, began: state.began ?? nowText, dueAt, silentSince: state.silentSince ?? nowText };
}

/** How often a stage may fail by a fault of the program before its part ends. */
const maxFaults = 5;

/**
 * The state of a part whose stage failed by a fault of the program: it is due again, since a fault may pass, and after
 * some times the part ends with `gaveUp`, so that what comes after it goes on.
 */
export function afterFault(
  state: PartState,
  { inMs, gaveUp }: { inMs: number; gaveUp: Outcome },
  now: Date,
): PartState {
  const faults = (state.faults ?? 0) + 1;
  if (faults >= maxFaults) return afterStage(state, { outcome: gaveUp }, now);
  const dueAt = new Date(now.getTime() + Math.min(inMs, maxWaitMs)).toISOString();
  return { ...state, began: state.began ?? now.toISOString(), dueAt, faults };
}

/** When the operation is due again, in milliseconds from now; null if it has ended. */
export function dueIn(plan: Plan, states: PartStates, now: Date): number | null {
  const open = plan.parts.filter((part) => !states[part.id]?.outcome && canBegin(part, states));
  if (open.length === 0) return null;
  return Math.max(0, Math.min(...open.map((part) => msUntil(states[part.id] as PartState, now))));
}

/** No stage waits for longer without a check in between. */
const maxWaitMs = 15 * 60_000;

/** If something is due later than anything is ever scheduled, the clock has been set back since: it is due now. */
function msUntil({ dueAt }: PartState, now: Date): number {
  const ahead = Date.parse(dueAt) - now.getTime();
  return ahead > maxWaitMs ? 0 : ahead;
}

/** The state of the operation as a whole. */
export function statusOf(plan: Plan, states: PartStates): OperationStatus {
  const outcomes = plan.parts.map((part) => states[part.id]?.outcome ?? null);
  if (outcomes.some((outcome) => outcome === null)) return 'running';
  const ended = outcomes as readonly Outcome[];
  if (ended.every(succeeded)) return 'succeeded';
  const has = (...ends: Outcome['ended'][]) => ended.some((outcome) => ends.includes(outcome.ended));
  // Of several VMs the backup of one may be cancelled, and that of another may fail.
  if (has('cancelled') && !has('failed', 'half-done')) return 'cancelled';
  return has('done', 'half-done') ? 'partly' : 'failed';
}

/** Whether a part did what it was supposed to. */
function succeeded(outcome: Outcome): boolean {
  return outcome.ended === 'done';
}

function canBegin(part: Part, states: PartStates): boolean {
  return part.after.every((id) => {
    const outcome = states[id]?.outcome;
    return outcome !== null && outcome !== undefined && (part.runs === 'always' || succeeded(outcome));
  });
}
