/** How long the product waits for Azure, in milliseconds. With the simulator, `scaledWaits` divides them by its speed. */
export type Waits = {
  /** Between two looks at a long-running operation. */
  readonly operation: number;
  /** Between two looks at a followed job: in its first 5 minutes, in its first hour, later. */
  readonly jobEarly: number;
  readonly jobMid: number;
  readonly jobLate: number;
  readonly jobEarlyEnds: number;
  readonly jobMidEnds: number;
  /**
   * Between two looks for the trace of a write in doubt, and how long none may show before it is sent again: its patience.
   * A third of it is the time to leave in, and another third the answer's (`send-deadline.ts`).
   */
  readonly trace: number;
  readonly traceProtect: number;
  readonly traceBackup: number;
  /** How long a recovery point may take to show after its job. */
  readonly point: number;
  /** A grant: between two looks, how long it may take to show, and when it is tried. */
  readonly grantLook: number;
  readonly grantShows: number;
  readonly policyProbe: number;
  readonly policyInForce: number;
  readonly roleProbe: number;
  readonly roleInForce: number;
  /** A refusal for missing rights this soon after a grant means "not through yet". */
  readonly grantFresh: number;
  readonly quietRepeat: number;
  /** Between two lists of a vault's jobs: while one runs there, and else. */
  readonly vaultBusy: number;
  readonly vaultIdle: number;
  /** How long Azure may be silent in one stage before a person is told. */
  readonly silence: number;
  /** How long a read that Azure refuses (a right that is missing, a wrong request) is tried again. */
  readonly refusedReads: number;
  /** After a refusal to answer (throttled without a time, or broken). */
  readonly again: number;
  /** After a reading that shows what passes by itself. Not divided: it is a person who is spared the wait. */
  readonly checkAgain: number;
};

const second = 1000;
const minute = 60 * second;

/** The waits for the real Azure. */
export const realWaits: Waits = {
  operation: 5 * second,
  jobEarly: 10 * second,
  jobMid: 30 * second,
  jobLate: 2 * minute,
  jobEarlyEnds: 5 * minute,
  jobMidEnds: 60 * minute,
  trace: 5 * second,
  traceProtect: 60 * second,
  traceBackup: 60 * second,
  point: 2 * minute,
  grantLook: 5 * second,
  grantShows: 2 * minute,
  policyProbe: 30 * second,
  policyInForce: 3 * minute,
  roleProbe: 2 * minute,
  roleInForce: 10 * minute,
  grantFresh: 15 * minute,
  quietRepeat: 4 * minute,
  vaultBusy: 30 * second,
  vaultIdle: 2 * minute,
  silence: 60 * minute,
  refusedReads: 5 * minute,
  again: 10 * second,
  checkAgain: 10 * minute,
};

/** However fast Azure is simulated, the product's own way to it takes as long as ever, and a third of this is for that. */
const leastPatience = 6 * second;

/** The waits divided by `speed`, for a simulator whose durations are divided by the same. */
export function scaledWaits(speed: number): Waits {
  const scaled = Object.entries(realWaits).map(([name, ms]) => [name, Math.max(20, Math.round(ms / speed))]);
  const patience = Math.max(leastPatience, Math.round(realWaits.traceBackup / speed));
  return {
    ...(Object.fromEntries(scaled) as Waits),
    traceProtect: patience,
    traceBackup: patience,
    checkAgain: realWaits.checkAgain,
  };
}
