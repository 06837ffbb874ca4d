/**
 * What the workers do. A wake-up says only "look at this row"; it may be lost, doubled or late, since the row itself
 * holds the truth and the sweep wakes whatever is due.
 */
export const queueNames = ['advance', 'lookup', 'deliver', 'watch', 'alert', 'look', 'scheduled', 'inventory'] as const;
export type QueueName = (typeof queueNames)[number];

/** A wake-up: which kind of work, on which row, and when (at once where `inMs` is absent). */
export type Wake = { readonly to: QueueName; readonly id: string; readonly inMs?: number };

/**
 * Does one piece of work. It resolves when the row is left in order; what it throws is
 * logged, and the sweep comes again.
 */
export type Worker = (id: string, signal: AbortSignal) => Promise<void>;

/** How many pieces of each kind one process does at a time. */
export const concurrency: Readonly<Record<QueueName, number>> = {
  advance: 4,
  lookup: 4,
  deliver: 4,
  watch: 2,
  alert: 1,
  look: 1,
  scheduled: 1,
  inventory: 1,
};

/**
 * How many more a process keeps in mind while its places are taken; what comes beyond that is written down for
 * whichever process is free. What people wait for is kept: writing it down takes as long as doing it, and where a line
 * gets long, the sweeps of other processes take from it. The bound is for the memory.
 */
export const maxWaiting: Readonly<Record<QueueName, number>> = {
  advance: 0,
  lookup: 5000,
  deliver: 5000,
  watch: 0,
  alert: 0,
  look: 0,
  scheduled: 0,
  inventory: 0,
};
