/**
 * A model of one write against an Azure that may take it, lose the answer, take it late or never, and of a process that
 * may end between any two lines. Time is a number; nothing here waits.
 */
import { AzureFault, type AzureFaultKind } from '../../src/azure/faults.ts';
import {
  ClaimLost,
  writeOnce,
  type AttemptBook,
  type PastAttempt,
  type WriteEnd,
} from '../../src/operations/write-once.ts';

/** The process ended here; nothing after it happened. */
export class Crash extends Error {}

/** Where the process may end. */
export const crashPoints = ['before-begin', 'after-begin', 'after-send', 'after-settle'] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** What becomes of a write that is sent: does Azure take it, when does that show, and what is answered. */
export type Fate = {
  readonly takes: boolean;
  /** How long after it was sent the write can be seen. */
  readonly showsAfterMs: number;
  readonly answer: 'taken' | AzureFaultKind;
};

/** One run of the worker. */
export type WorkerRun = {
  readonly waitMs: number;
  readonly fate: Fate;
  readonly crash: CrashPoint | null;
  readonly claimed: boolean;
  readonly trusted: boolean;
};

type Stored = { id: string; outcome: string | null; receipt: unknown; madeAt: number };
type Taken = { readonly id: string; readonly at: number; readonly showsAt: number };

/** What one run came to. */
export type RunEnd = WriteEnd<{ job: string }> | 'crashed' | 'claim lost';

export class Model {
  readonly patienceMs: number;
  readonly attempts: Stored[] = [];
  readonly taken: Taken[] = [];
  readonly sent: string[] = [];
  now = 0;

  constructor(patienceMs: number) {
    this.patienceMs = patienceMs;
  }

  /** Runs the worker once. */
  async run(how: WorkerRun): Promise<RunEnd> {
    this.now += how.waitMs;
    const write = writeOnce(this.#book(how), { trace: 5, again: 10 }, new AbortController().signal);
    try {
      return await write({
        call: 'back-up',
        target: 'vm',
        send: ({ id }) => this.#send(id, how.fate),
        trace: (past) => Promise.resolve(this.#traceOf(past)),
        patienceMs: this.patienceMs,
      });
    } catch (error) {
      if (error instanceof Crash) return 'crashed';
      if (error instanceof ClaimLost) return 'claim lost';
      throw error;
    }
  }

  #traceOf(past: PastAttempt): { job: string } | null {
    const found = this.taken.find(({ id, showsAt }) => id === past.id && showsAt <= this.now);
    return found ? { job: found.id } : null;
  }

  async #send(id: string, fate: Fate): Promise<{ job: string }> {
    this.sent.push(id);
    if (fate.takes) this.taken.push({ id, at: this.now, showsAt: this.now + fate.showsAfterMs });
    if (fate.answer === 'taken') return { job: id };
    throw new AzureFault({
      kind: fate.answer,
      doing: 'writing',
      status: null,
      code: null,
      says: null,
      requestId: null,
      retryAfterMs: null,
      action: null,
    });
  }

  #book(how: WorkerRun): AttemptBook {
    const crashAt = (point: CrashPoint) => {
      if (how.crash === point) throw new Crash(point);
    };
    return {
      past: () => Promise.resolve(this.attempts.map((each) => this.#told(each)).reverse()),
      mayBegin: () => how.trusted,
      begin: async ({ id }) => {
        crashAt('before-begin');
        if (!how.claimed) return false;
        this.attempts.push({ id, outcome: null, receipt: null, madeAt: this.now });
        crashAt('after-begin');
        return true;
      },
      settle: async (id, end) => {
        crashAt('after-send');
        const attempt = this.attempts.find((each) => each.id === id)!;
        Object.assign(attempt, structuredClone(end));
        crashAt('after-settle');
      },
      newId: () => `attempt-${this.attempts.length + 1}`,
    };
  }

  #told({ id, outcome, receipt, madeAt }: Stored): PastAttempt {
    return { id, outcome, receipt, madeAt: new Date(madeAt), ageMs: this.now - madeAt };
  }
}
