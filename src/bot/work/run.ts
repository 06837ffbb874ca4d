/**
 * The advance worker: claims a due operation, runs one stage of each due part, and writes the result, the card and the
 * next wake-up in one transaction that counts only while the claim is valid.
 */
import { setTimeout } from 'node:timers/promises';
import { AzureFault } from '../../azure/faults.ts';
import {
  WriteRefused,
  ClaimLost,
  idempotentWrite,
  onceWrite,
  type AttemptBook,
  type AttemptEnd,
} from '../../operations/ground/idempotent-write.ts';
import { failedInternally, failedCall } from '../../operations/ground/failure.ts';
import { partKindOf } from '../../operations/list.ts';
import type { Next, PartState, Run, StalledBy } from '../../operations/ground/part.ts';
import type { Part } from '../../operations/parts/parts.ts';
import {
  afterFault,
  afterStall,
  afterSilence,
  afterStage,
  dueIn,
  dueParts,
  expedite,
  skipHopeless,
  statusOf,
  type PartStates,
} from '../../operations/wording/progress.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import { loggable } from '../../core/log.ts';
import { startStopwatch } from '../../core/stopwatch.ts';
import type { LiveClaim } from '../../operations/ground/send-deadline.ts';
import { outsideErrors, type OutsideErrors } from '../../jobs/outside-errors.ts';
import type { Worker } from '../../jobs/wake.ts';
import { backupDurations } from '../../store/vault-polls.ts';
import { attemptsOf, insertAttempt, settleAttempt } from '../../store/attempts.ts';
import { claimOperation, saveOperation, type Claimed } from '../../store/operations.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { kekExceptions } from './kek-exceptions.ts';
import { standingDrills } from '../drills/standing-drills.ts';
import { closeUnreadable } from '../operation/close-unreadable.ts';
import { renewClaim } from './renew-claim.ts';
import type { LiveOperation } from '../live-operation.ts';
import { isCancel, stalledBy } from './may-write.ts';
import { resourcesOf } from '../../operations/plan-rights.ts';
import { goBack, returnOf } from './return-from.ts';
import { record } from '../record.ts';
import { recordDrill } from './record-drill.ts';
import { sightDrill } from '../drills/sight-drill.ts';
import { showOperation } from '../operation/show-operation.ts';
import { ownOf } from '../../core/own-of.ts';

const parallelParts = 8;

/** Makes the worker of the `advance` queue. */
export function advanceWorker(deps: Deps): Worker {
  return async (id, stop) => {
    const watch = startStopwatch(deps.clock);
    const claimed = await claimOperation(deps.database.db, id, deps.leases.operation);
    if (!claimed) return;
    const live = renewClaim(deps, claimed.claim, watch);
    try {
      await advance(deps, claimed, { claim: live, stop });
    } catch (error) {
      if (!(error instanceof ClaimLost)) throw error;
      deps.log.warn({ operation: id }, 'the claim on an operation was lost; another worker continues it');
    } finally {
      live.end();
    }
  };
}

/** What ends a run: its claim, and the process. */
type Bounds = { readonly claim: LiveClaim; readonly stop: AbortSignal };

/** A claim on an operation that this release can read. */
type Work = Omit<Claimed, 'operation'> & { readonly operation: LiveOperation };

async function advance(deps: Deps, claimed: Claimed, bounds: Bounds): Promise<void> {
  const operation = readOperation(claimed.operation);
  if (operation === null) return closeUnreadable(deps, claimed);
  const work: Work = { ...claimed, operation };
  const { plan, parts: stored } = operation;
  const now = azureNow(deps);
  const before = claimed.expedited ? expedite(plan, stored, { runners, now }) : stored;
  const due = dueParts(plan, before, now).slice(0, parallelParts);
  const after: Record<string, PartState> = { ...before };
  await Promise.all(
    due.map(async (part) => {
      const state = before[part.id] as PartState;
      after[part.id] = await runStage(deps, work, { part, state, states: before, bounds });
    }),
  );
  const states = skipHopeless(plan, after, azureNow(deps));
  await deps.failpoint('advance:before-save');
  await save(deps, work, states);
  await deps.failpoint('advance:after-save');
}

function runners(part: Part) {
  return partKindOf(part).runner;
}

async function save(deps: Deps, { claim, operation }: Work, states: PartStates): Promise<void> {
  const { plan } = operation;
  const status = statusOf(plan, states);
  const dueInMs = status === 'running' ? (dueIn(plan, states, azureNow(deps)) ?? deps.waits.again) : null;
  const back = status === 'running' ? null : await returnOf(deps, operation);
  await inTransaction(deps, async (unit) => {
    const saved = await saveOperation(unit.q, claim, { parts: states, status, dueInMs });
    if (!saved) throw new ClaimLost(claim.id);
    await showOperation(deps, unit, { operation: { ...operation, parts: states, status }, before: operation.parts });
    if (saved.dueInMs !== null) return unit.wake({ to: 'advance', id: claim.id, inMs: saved.dueInMs });
    if (back) await goBack(deps, unit, { back, succeeded: status === 'succeeded' });
    await sightDrill({ deps, unit }, { ...operation, parts: states, status });
    await record(unit, { now: deps.clock.now(), what: 'ended', operation, detail: { status, parts: states } });
    await recordDrill(deps, unit, { ...operation, parts: states });
  });
}

type Staging = {
  readonly part: Part;
  readonly state: PartState;
  readonly states: PartStates;
  readonly bounds: Bounds;
};

/**
 * Runs one stage. A failed read doesn't end it: the stage is due again, and the card says since when Azure hasn't
 * answered.
 */
async function runStage(deps: Deps, claimed: Work, staging: Staging): Promise<PartState> {
  const { part, state } = staging;
  const [stall, outside]: [Stall, OutsideErrors] = [{}, outsideErrors()];
  const ended = (next: Next) => {
    const [{ by }, now] = [stall, azureNow(deps)];
    return !by || 'outcome' in next ? afterStage(state, next, now) : afterStall(state, { next, by }, now);
  };
  try {
    const stage = ownOf(runners(part).stages, state.stage);
    if (!stage) throw new Error(`part ${part.does} has no stage ${state.stage}`);
    return ended(await stage(runOf(deps, claimed, { ...staging, stall, outside })));
  } catch (error) {
    if (error instanceof WriteRefused)
      return ended({ outcome: failedInternally(error.isReadOnly ? 'read-only-now' : 'not-allowed-any-more') });
    if (error instanceof ClaimLost || outside.has(error)) throw error;
    if (!(error instanceof AzureFault)) return ownFault(deps, claimed.operation.id, { part, state, error });
    deps.log.warn(
      { ...loggable(error), operation: claimed.operation.id, part: part.id },
      'Azure did not answer a stage',
    );
    return again(deps, stall.by === null ? { ...state, stalled: undefined } : state, error);
  }
}

type Faulty = { readonly part: Part; readonly state: PartState; readonly error: unknown };

/** A fault of the program: its stage is tried again, and its part ends as failed if that never helps. */
function ownFault(deps: Deps, operation: string, { part, state, error }: Faulty): PartState {
  const at = { operation, part: part.id, stage: state.stage };
  deps.log.error({ ...loggable(error), ...at }, 'a stage failed because of a fault of this program');
  const gaveUp = failedInternally('program-fault');
  return afterFault(state, { inMs: deps.waits.again, gaveUp }, azureNow(deps));
}

const passing = new Set(['unavailable', 'throttled', 'garbled', 'unauthenticated']);

function again(deps: Deps, state: PartState, error: AzureFault): PartState {
  const now = azureNow(deps);
  const silentFor = state.silentSince === null ? 0 : now.getTime() - Date.parse(state.silentSince);
  if (!passing.has(error.kind) && silentFor > deps.waits.refusedReads)
    return afterStage(state, { outcome: failedCall(error.facts) }, now);
  const inMs = Math.max(
    error.facts.retryAfterMs ?? 0,
    silentFor > deps.waits.silence ? deps.waits.whileSilent : deps.waits.again,
  );
  return afterSilence(state, inMs, now);
}

/** What held back the last write of a stage; null: nothing; absent: no write was to be sent. */
type Stall = { by?: StalledBy | null };

function runOf(
  deps: Deps,
  claimed: Work,
  { part, state, states, bounds, stall, outside }: Staging & { stall: Stall; outside: OutsideErrors },
): Run {
  const book = bookOf(deps, claimed, { part, stall, outside });
  return {
    part,
    memo: state.memo,
    began: state.began === null ? azureNow(deps) : new Date(state.began),
    now: azureNow(deps),
    azure: deps.azure,
    waits: deps.waits,
    operation: claimed.operation.id,
    cancelAsked: claimed.operation.cancelAsked !== null,
    others: (id) => states[id] ?? null,
    write: idempotentWrite(book, { waits: deps.waits, ...bounds }),
    writeOnce: onceWrite(book, { waits: deps.waits, ...bounds }),
    log: deps.log,
    kekExceptions: outside.notingAll(kekExceptions(deps, claimed.operation)),
    standingDrills: outside.notingAll(standingDrills(deps, claimed.operation)),
    history: outside.noting((of) => backupDurations(deps.database.db, of, 6)),
  };
}

/** The attempts of one part; each is stored before it is sent, and every end goes into the audit log (I3, I4). */
function bookOf(
  deps: Deps,
  { claim, operation }: Work,
  { part, stall, outside }: { part: Part; stall: Stall; outside: OutsideErrors },
): AttemptBook {
  const q = deps.database.db;
  return {
    past: outside.noting((call) => attemptsOf(q, claim.id, { part: part.id, call })),
    mayBegin: outside.noting(async (call) => (stall.by = await stalledBy(deps, { call, part, operation })) === null),
    begin: outside.noting(async (attempt) => {
      await deps.failpoint('write:before-attempt');
      const begun = await insertAttempt(q, claim, { ...attempt, part: part.id });
      await deps.failpoint('write:after-attempt');
      return begun;
    }),
    settle: outside.noting(async (attempt, end) => {
      await deps.failpoint('write:after-send');
      const settled = await insist(() => noteEnd(deps, { ...attempt, end, part, operation }));
      await deps.failpoint('write:after-settle');
      return settled;
    }),
    startStopwatch: () => startStopwatch(deps.clock),
    newId: deps.newId,
  };
}

type Ended = {
  readonly id: string;
  readonly call: string;
  readonly end: AttemptEnd;
  readonly part: Part;
  readonly operation: LiveOperation;
};

/**
 * The process that sent a write records its outcome, even if another process now has the operation: the attempt is its
 * own, and what Azure accepted belongs in the log with Azure's request ID, even if it was given up as lost or adopted
 * in the meantime.
 */
async function noteEnd(deps: Deps, { id, call, end, part, operation }: Ended): Promise<boolean> {
  return inTransaction(deps, async (unit) => {
    const settled = await settleAttempt(unit.q, id, end);
    if (!settled && (end.outcome === 'adopted' || end.outcome === 'lost')) return false;
    const requestedBy = isCancel(part, call) ? { requestedBy: operation.cancelAsked } : {};
    const detail = { attempt: id, part: part.id, does: part.does, call, ...requestedBy, ...end };
    const on = resourcesOf({ parts: [part] });
    await record(unit, { now: deps.clock.now(), what: 'write', operation, detail, on });
    return settled;
  });
}

const pausesMs = [200, 800, 3000];

/** A database failover cuts every connection once, and Azure's response is recorded nowhere else. */
async function insist<T>(work: () => Promise<T>, [pause, ...later] = pausesMs): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (pause === undefined) throw error;
    await setTimeout(pause);
    return insist(work, later);
  }
}

/** The current time by Azure's clock, which dates its jobs and recovery points. */
function azureNow(deps: Deps): Date {
  return new Date(deps.clock.now().getTime() + (deps.azure.clockSkew() ?? 0));
}
