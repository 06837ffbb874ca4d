/**
 * A write to Azure that is never done twice on doubt. The intent is stored before it is sent; it is sent once; after a
 * doubt, that is a crash, a broken connection or an answer that is none, the next run looks for the write's own trace and
 * sends again only when none showed for long enough.
 */
import { AzureFault, type AzureFaultFacts } from '../azure/faults.ts';
import type { Attempt } from '../azure/gateway.ts';
import type { Json } from '../core/json.ts';

/** One try as it was stored. `outcome` null: it is not known whether it arrived. */
export type PastAttempt = {
  readonly id: string;
  readonly outcome: string | null;
  readonly receipt: unknown;
  readonly madeAt: Date;
  readonly ageMs: number;
};

/** A write and how its trace is found. What `send` and `trace` give is JSON and is stored with the attempt. */
export type Write<T extends Json> = {
  /** Names the call within its part, e.g. `protect`; a repeat under the same name is the same write. */
  readonly call: string;
  readonly target: string;
  readonly send: (attempt: Attempt) => Promise<T>;
  readonly trace: (past: PastAttempt) => Promise<T | null>;
  /** How long no trace may show before it is sent again. */
  readonly patienceMs: number;
};

/** How it stands. `waiting`: in doubt or throttled, look again after a while. */
export type WriteEnd<T extends Json> =
  | { readonly end: 'accepted'; readonly value: T; readonly attemptId: string; readonly adopted: boolean }
  | { readonly end: 'waiting'; readonly inMs: number; readonly doubt: boolean }
  | { readonly end: 'refused'; readonly fault: AzureFaultFacts };

/** Does a write, or finds out how it ended. */
export type WriteOnce = <T extends Json>(write: Write<T>) => Promise<WriteEnd<T>>;

/** Where attempts are kept. `begin` resolves false where the claim on the operation is gone: then nothing may be sent. */
export type AttemptBook = {
  readonly past: (call: string) => Promise<readonly PastAttempt[]>;
  /** Whether anything may be sent now (I5). False: the write waits, and nothing is written down. */
  readonly mayBegin: () => boolean;
  readonly begin: (attempt: { id: string; call: string; target: string }) => Promise<boolean>;
  readonly settle: (id: string, end: { outcome: string; receipt: unknown }) => Promise<void>;
  readonly newId: () => string;
};

/** So often a write is tried again with a new token. */
const mostTokens = 5;

/** The claim was lost between two lines: another worker goes on with the operation, this one must stop. */
export class ClaimLost extends Error {}

/** Makes the `WriteOnce` of one run of one part. */
export function writeOnce(book: AttemptBook, waits: { trace: number; again: number }, signal: AbortSignal): WriteOnce {
  return async (write) => {
    const past = await book.past(write.call);
    const [newest] = past;
    if (newest && (newest.outcome === 'accepted' || newest.outcome === 'adopted')) {
      const value = newest.receipt as Awaited<ReturnType<typeof write.send>>;
      return { end: 'accepted', value, attemptId: newest.id, adopted: newest.outcome === 'adopted' };
    }
    if (newest && newest.outcome === null) {
      const trace = await write.trace(newest);
      if (trace !== null) {
        await book.settle(newest.id, { outcome: 'adopted', receipt: trace });
        return { end: 'accepted', value: trace, attemptId: newest.id, adopted: true };
      }
      if (newest.ageMs < write.patienceMs) return { end: 'waiting', inMs: waits.trace, doubt: true };
      await book.settle(newest.id, { outcome: 'lost', receipt: null });
    }
    if (!book.mayBegin()) return { end: 'waiting', inMs: waits.again, doubt: false };
    return send(book, write, { signal, waits, tried: past.length });
  };
}

async function send<T extends Json>(
  book: AttemptBook,
  write: Write<T>,
  how: { signal: AbortSignal; waits: { trace: number; again: number }; tried: number },
): Promise<WriteEnd<T>> {
  const id = book.newId();
  if (!(await book.begin({ id, call: write.call, target: write.target }))) throw new ClaimLost(write.call);
  try {
    const value = await write.send({ id, signal: how.signal });
    await book.settle(id, { outcome: 'accepted', receipt: value });
    return { end: 'accepted', value, attemptId: id, adopted: false };
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    if (error.doubtful) return { end: 'waiting', inMs: how.waits.trace, doubt: true };
    await book.settle(id, { outcome: 'refused', receipt: error.facts });
    if (error.kind === 'throttled') {
      return { end: 'waiting', inMs: error.facts.retryAfterMs ?? how.waits.again, doubt: false };
    }
    // A token that ran out or was revoked: nothing was done, and the next try brings another. For ever it is a real refusal.
    if (error.kind === 'unauthenticated' && how.tried < mostTokens) {
      return { end: 'waiting', inMs: how.waits.again, doubt: false };
    }
    return { end: 'refused', fault: error.facts };
  }
}
