/**
 * For how long a worker has what it claimed, in milliseconds. After that another process takes over the work of one
 * that crashed: the shorter, the less a person notices; but longer than any one step takes, so that no work is done
 * twice at the same time.
 */
export type Leases = {
  readonly operation: number;
  /**
   * How often a claim on an operation is prolonged while a stage runs. After half the lease without success the run
   * ends, so it is a small part of it: one failed renewal is not the end.
   */
  readonly renew: number;
  readonly lookup: number;
  readonly delivery: number;
  readonly poll: number;
  /** Of scheduled posts, for which the whole estate may be read. */
  readonly scheduled: number;
  /** Between two sweeps for what is due and was not woken. */
  readonly sweep: number;
  /** Between two removals of old rows: none of them is in anybody's way. */
  readonly forget: number;
  /** For how long `/readyz` goes by an answer of Azure that is good, and by a bad one of Azure or any of the queue. */
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
