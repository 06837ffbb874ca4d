/**
 * How long a worker keeps what it claimed, in milliseconds. After that another process takes over from one that
 * crashed: the shorter, the sooner it continues; but longer than any one step, or renewed while it runs, so that no
 * work is done twice at the same time.
 */
export type Leases = {
  readonly operation: number;
  /**
   * How often a claim on an operation is renewed while a stage runs. After half the lease without success the run ends,
   * so this is a small part of the lease: one failed renewal isn't the end.
   */
  readonly renew: number;
  readonly lookup: number;
  readonly delivery: number;
  readonly poll: number;
  /** Of scheduled posts, which may read the whole estate. */
  readonly scheduled: number;
  /** Between two sweeps for due work that no wake-up reported. */
  readonly sweep: number;
  /** Between two removals of old rows: there is no hurry. */
  readonly forget: number;
  /** For how long `/readyz` reuses a good answer of Azure, and a bad one of Azure or any answer of the queue. */
  readonly okTtlMs: number;
  readonly failedTtlMs: number;
};

/** The leases of the product. */
export const defaultLeases: Leases = {
  operation: 8_000,
  renew: 1_500,
  lookup: 60_000,
  delivery: 30_000,
  poll: 60_000,
  scheduled: 240_000,
  sweep: 2_500,
  forget: 60_000,
  okTtlMs: 60_000,
  failedTtlMs: 10_000,
};
