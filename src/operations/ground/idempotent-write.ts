/**
 * A write to Azure that is never repeated while in doubt. The intent is stored before it is sent; it is sent once; in
 * doubt, that is after a crash, a broken connection or an unusable response, the next run looks for the write's own
 * trace and sends again only if none has appeared for long enough.
 */
import { AzureFault, type AzureFaultFacts } from '../../azure/faults.ts';
import type { Attempt } from '../../azure/gateway.ts';
import type { Json } from '../../core/json.ts';
import type { RefusalCode } from '../../core/refusal.ts';
import type { Stopwatch } from '../../core/stopwatch.ts';
import { sendDeadline, type LiveClaim } from './send-deadline.ts';

/** One attempt as stored. `outcome` null: it is unknown whether it arrived. */
type PastAttempt = {
  readonly id: string;
  readonly outcome: string | null;
  readonly receipt: unknown;
  readonly madeAt: Date;
  readonly ageMs: number;
};

/** A write, and how to find its trace. What `send` and `trace` return is JSON and is stored with the attempt. */
type Write<T extends Json> = {
  /** The name of the call within its part, e.g. `protect`; a repeat under the same name is the same write. */
  readonly call: string;
  readonly target: string;
  readonly send: (attempt: Attempt) => Promise<T>;
  readonly findEffect: (past: PastAttempt) => Promise<T | null>;
  /** How long no trace may appear before it is sent again. */
  readonly reconcileWindowMs: number;
  /** Checked again before each attempt; false: nothing is sent now, and the write waits. Absent: always due. */
  readonly isDue?: () => Promise<boolean>;
};

/** The state of the write. `waiting`: in doubt or throttled, check again after a while. */
type WriteEnd<T extends Json> =
  | { readonly end: 'accepted'; readonly value: T; readonly attemptId: string; readonly adopted: boolean }
  | { readonly end: 'waiting'; readonly inMs: number; readonly doubt: boolean }
  | { readonly end: 'refused'; readonly fault: AzureFaultFacts };

/** Does a write, or finds out how it ended. */
export type IdempotentWrite = <T extends Json>(write: Write<T>) => Promise<WriteEnd<T>>;

/**
 * The same for a write that is never sent again automatically. `lost`: no trace appeared for long enough, and a person
 * decides.
 */
export type OnceWrite = <T extends Json>(write: Write<T>) => Promise<WriteEnd<T> | Lost>;
type Lost = { readonly end: 'lost' };

/**
 * Where attempts are stored. `begin` resolves false if the claim on the operation is lost: then nothing may be sent.
 */
export type AttemptBook = {
  readonly past: (call: string) => Promise<readonly PastAttempt[]>;
  /**
   * Whether anything can be sent now (I5). False: the write waits, and nothing is stored. Throws `WriteRefused` if the
   * requester has lost the right in the meantime; that is checked before every attempt, since hours may pass between
   * two.
   */
  readonly mayBegin: (call: string) => Promise<boolean>;
  readonly begin: (attempt: { id: string; call: string; target: string }) => Promise<boolean>;
  /** Resolves false if a more certain outcome is already stored; then what was read is out of date. */
  readonly settle: (attempt: { readonly id: string; readonly call: string }, end: AttemptEnd) => Promise<boolean>;
  readonly newId: () => string;
  readonly startStopwatch: () => Stopwatch;
};

/**
 * How an attempt ended. The process that sent it knows: `accepted`, `refused` or `not-sent`. A later one infers:
 * `adopted` from its trace, or `lost`.
 */
export type AttemptEnd = {
  readonly outcome: 'accepted' | 'refused' | 'not-sent' | 'adopted' | 'lost';
  readonly receipt: unknown;
};

/** The context of a run's writes: the claim, how long it waits, and the signal that ends the process's work. */
type Running = {
  readonly claim: LiveClaim;
  readonly waits: { readonly trace: number; readonly again: number };
  readonly stop: AbortSignal;
};

/** How often a write is tried again with a new token. */
const maxTokens = 5;

/** The claim was lost in the middle of a run: another worker continues the operation, this one must stop. */
export class ClaimLost extends Error {}

/** The requester is no longer allowed to do it: a role, a group or a rule has changed since. Nothing was sent. */
export class WriteRefused extends Error {
  /** Kluis is read-only. */
  readonly isReadOnly: boolean;

  constructor(refused: RefusalCode) {
    super(refused);
    this.isReadOnly = refused === 'read-only';
  }
}

/** Makes the `IdempotentWrite` of one run of one part. */
export function idempotentWrite(book: AttemptBook, running: Running): IdempotentWrite {
  return (write) => perform({ book, running, write, afterLoss: (again) => again() });
}

/** Makes the `OnceWrite` of one run of one part. */
export function onceWrite(book: AttemptBook, running: Running): OnceWrite {
  return (write) => perform({ book, running, write, afterLoss: () => Promise.resolve({ end: 'lost' as const }) });
}

/** `afterLoss`: what happens once an attempt counts as lost; `again` sends it once more. */
type Performed<T extends Json, L> = {
  readonly book: AttemptBook;
  readonly running: Running;
  readonly write: Write<T>;
  readonly afterLoss: (again: () => Promise<WriteEnd<T>>) => Promise<L>;
};

async function perform<T extends Json, L>(what: Performed<T, L>): Promise<WriteEnd<T> | L> {
  const { book, running, write, afterLoss } = what;
  const { waits } = running;
  const { call } = write;
  const past = await book.past(call);
  // Not only the newest: an earlier attempt's response may have been stored after it was given up.
  const done = past.find(({ outcome }) => outcome === 'accepted' || outcome === 'adopted');
  if (done) {
    const value = done.receipt as Awaited<ReturnType<typeof write.send>>;
    return { end: 'accepted', value, attemptId: done.id, adopted: done.outcome === 'adopted' };
  }
  const again = async (): Promise<WriteEnd<T>> => {
    if (!(await book.mayBegin(call))) return { end: 'waiting', inMs: waits.again, doubt: false };
    if (write.isDue && !(await write.isDue())) return lookAgain;
    return send(book, write, { ...running, tokensRefused: past.filter(isTokenRefused).length });
  };
  const [newest] = past;
  if (newest && newest.outcome === null) {
    const trace = await write.findEffect(newest);
    if (trace !== null) {
      const settled = await book.settle({ id: newest.id, call }, { outcome: 'adopted', receipt: trace });
      if (!settled) return lookAgain;
      return { end: 'accepted', value: trace, attemptId: newest.id, adopted: true };
    }
    if (newest.ageMs < write.reconcileWindowMs) return { end: 'waiting', inMs: waits.trace, doubt: true };
    if (!(await book.settle({ id: newest.id, call }, { outcome: 'lost', receipt: null }))) return lookAgain;
    return afterLoss(again);
  }
  return newest?.outcome === 'lost' ? afterLoss(again) : again();
}

/**
 * Throttled attempts, and those that wait for a permission, don't count: each of them showed that the token was good.
 */
function isTokenRefused({ outcome, receipt }: PastAttempt): boolean {
  return outcome === 'refused' && (receipt as Partial<AzureFaultFacts> | null)?.kind === 'unauthenticated';
}

/** The process that sent it has recorded its outcome in the meantime, or it isn't due yet. */
const lookAgain = { end: 'waiting', inMs: 0, doubt: false } as const;

async function send<T extends Json>(
  book: AttemptBook,
  write: Write<T>,
  how: Running & { tokensRefused: number },
): Promise<WriteEnd<T>> {
  const id = book.newId();
  const attempt = { id, call: write.call };
  const watch = book.startStopwatch();
  if (!(await book.begin({ ...attempt, target: write.target }))) throw new ClaimLost(write.call);
  const deadline = sendDeadline(write.reconcileWindowMs, { watch, claim: how.claim });
  try {
    const value = await write.send({ id, signal: how.stop, deadline });
    await book.settle(attempt, { outcome: 'accepted', receipt: value });
    return { end: 'accepted', value, attemptId: id, adopted: false };
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    if (error.doubtful && deadline.sent) return { end: 'waiting', inMs: how.waits.trace, doubt: true };
    if (error.doubtful) {
      await book.settle(attempt, { outcome: 'not-sent', receipt: error.facts });
      return { end: 'waiting', inMs: deadline.isOver ? 0 : how.waits.again, doubt: false };
    }
    await book.settle(attempt, { outcome: 'refused', receipt: error.facts });
    return refused(error, how);
  } finally {
    deadline.end();
  }
}

function refused<T extends Json>(error: AzureFault, how: Running & { tokensRefused: number }): WriteEnd<T> {
  if (error.kind === 'throttled') {
    return { end: 'waiting', inMs: error.facts.retryAfterMs ?? how.waits.again, doubt: false };
  }
  // A token that expired or was revoked: nothing was done, and the next attempt gets another. If that never helps, it
  // is a real refusal.
  if (error.kind === 'unauthenticated' && how.tokensRefused < maxTokens) {
    return { end: 'waiting', inMs: how.waits.again, doubt: false };
  }
  return { end: 'refused', fault: error.facts };
}
