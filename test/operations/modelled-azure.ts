/**
 * A model of one write to an Azure that may accept it, lose the answer, accept it late or never, by a process that may
 * crash or be paused between any two lines while others work. Time is a number; nothing here waits.
 */
import { AzureFault, type AzureFaultKind } from '../../src/azure/faults.ts';
import { startStopwatch } from '../../src/core/stopwatch.ts';
import type { Attempt } from '../../src/azure/gateway.ts';
import {
  type AttemptBook,
  ClaimLost,
  idempotentWrite,
  type onceWrite,
  type OnceWrite,
} from '../../src/operations/ground/idempotent-write.ts';

/** The process crashed here; nothing after it happened. */
export class Crash extends Error {}

/** Where the process may crash. */
export const crashPoints = ['before-begin', 'after-begin', 'after-send', 'after-settle'] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** What happens to a write that is sent: whether Azure accepts it, when that shows, and the answer. */
export type Fate = {
  readonly takes: boolean;
  /** How long after sending the write becomes visible. */
  readonly showsAfterMs: number;
  readonly answer: 'taken' | AzureFaultKind;
  /** How long it is on its way. */
  readonly transitMs?: number;
};

/**
 * A pause of one worker, and what the others do meanwhile. A stopped process keeps its clocks; a suspended machine
 * loses the monotonic one; a wall clock may be set back by the length of the pause.
 */
export type Pause = {
  readonly at: 'after-begin' | 'before-leaving' | 'before-settle';
  readonly kind: 'stopped' | 'suspended' | 'stopped-and-set-back';
  readonly ms: number;
  readonly others: readonly WorkerRun[];
};

/** One run of the worker. */
export type WorkerRun = {
  readonly waitMs: number;
  readonly fate: Fate;
  readonly crash: CrashPoint | null;
  readonly claimed: boolean;
  readonly trusted: boolean;
  readonly pause?: Pause | undefined;
  /** False: the claim wasn't prolonged in time. */
  readonly holds?: boolean;
};

type PastAttempt = Awaited<ReturnType<AttemptBook['past']>>[number];
type Stored = { id: string; outcome: string | null; receipt: unknown; madeAt: number };
type Taken = { readonly id: string; readonly at: number; readonly showsAt: number };

/** The result of one run. */
export type RunEnd = Awaited<ReturnType<OnceWrite>> | 'crashed' | 'claim lost';

export class Model {
  readonly reconcileWindowMs: number;
  readonly attempts: Stored[] = [];
  readonly taken: Taken[] = [];
  readonly sent: string[] = [];
  /** The database's time, and by how much the two clocks of a process differ from it. */
  now = 0;
  #wallAhead = 0;
  #suspended = 0;

  readonly #writer: typeof idempotentWrite | typeof onceWrite;

  /** `writer`: what is modelled: the write that is sent again if no trace shows, or the one that never is. */
  constructor(reconcileWindowMs: number, writer: typeof idempotentWrite | typeof onceWrite = idempotentWrite) {
    this.reconcileWindowMs = reconcileWindowMs;
    this.#writer = writer;
  }

  /** Runs the worker once. */
  async run(how: WorkerRun): Promise<RunEnd> {
    this.now += how.waitMs;
    const claim = { gone: new AbortController().signal, isCurrent: () => how.holds !== false };
    const write = this.#writer(this.#book(how), {
      claim,
      waits: { trace: 5, again: 10 },
      stop: new AbortController().signal,
    });
    try {
      return await write({
        call: 'back-up',
        target: 'vm',
        send: (attempt) => this.#send(attempt, how),
        findEffect: (past) => Promise.resolve(this.#traceOf(past)),
        reconcileWindowMs: this.reconcileWindowMs,
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

  async #pause(at: Pause['at'], { pause }: WorkerRun): Promise<void> {
    if (pause?.at !== at) return;
    const until = this.now + pause.ms;
    for (const other of pause.others) await this.run(other);
    this.now = Math.max(this.now, until);
    if (pause.kind === 'suspended') this.#suspended += pause.ms;
    if (pause.kind === 'stopped-and-set-back') this.#wallAhead -= pause.ms;
  }

  async #send({ id, deadline }: Attempt, how: WorkerRun): Promise<{ job: string }> {
    await this.#pause('before-leaving', how);
    const { fate } = how;
    if (!deadline.mayLeave()) throw fault('unavailable');
    this.sent.push(id);
    this.now += fate.transitMs ?? 0;
    if (fate.takes) this.taken.push({ id, at: this.now, showsAt: this.now + fate.showsAfterMs });
    await this.#pause('before-settle', how);
    if (fate.answer === 'taken') return { job: id };
    throw fault(fate.answer);
  }

  #book(how: WorkerRun): AttemptBook {
    const crashAt = (point: CrashPoint) => {
      if (how.crash === point) throw new Crash(point);
    };
    return {
      past: () => Promise.resolve(this.attempts.map((each) => this.#told(each)).reverse()),
      mayBegin: async () => how.trusted,
      begin: async ({ id }) => {
        crashAt('before-begin');
        if (!how.claimed) return false;
        this.attempts.push({ id, outcome: null, receipt: null, madeAt: this.now });
        crashAt('after-begin');
        await this.#pause('after-begin', how);
        return true;
      },
      settle: async ({ id }, end) => {
        crashAt('after-send');
        const attempt = this.attempts.find((each) => each.id === id)!;
        const inferred = end.outcome === 'adopted' || end.outcome === 'lost';
        const open = attempt.outcome === null || (attempt.outcome === 'lost' && !inferred);
        if (open) Object.assign(attempt, structuredClone(end));
        crashAt('after-settle');
        return open;
      },
      startStopwatch: () =>
        startStopwatch({ now: () => new Date(this.now + this.#wallAhead) }, () => this.now - this.#suspended),
      newId: () => `attempt-${this.attempts.length + 1}`,
    };
  }

  #told({ id, outcome, receipt, madeAt }: Stored): PastAttempt {
    return { id, outcome, receipt, madeAt: new Date(madeAt), ageMs: this.now - madeAt };
  }
}

function fault(kind: AzureFaultKind): AzureFault {
  const none = { status: null, code: null, says: null, requestId: null, retryAfterMs: null, action: null };
  return new AzureFault({ kind, doing: 'writing', ...none });
}
