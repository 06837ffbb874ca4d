/**
 * What the workers do. A wake-up only says "look at this row". It may be lost, duplicated or late: the row itself is
 * the truth, and the sweep wakes whatever is due.
 *
 * The database stores these names, and both releases of an upgrade take from the same queues: none is renamed. A
 * `look` (glossary) is a reading of a Recovery Services vault, a `lookup` one that a dialog waits for.
 */
export const queueNames = ['advance', 'lookup', 'deliver', 'watch', 'alert', 'look', 'scheduled', 'inventory'] as const;
export type QueueName = (typeof queueNames)[number];

/** A wake-up: the kind of work, the row, and when (at once if `inMs` is absent). */
export type Wake = { readonly to: QueueName; readonly id: string; readonly inMs?: number };

/**
 * Does one piece of work. It resolves when the row is in a consistent state; what it throws is logged, and the sweep
 * tries again.
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
 * After how many milliseconds a piece gives up its slot and goes on: by then it waits for Azure or a chat to answer,
 * and others don't wait behind it. Only for work that claims its row; the rest is done by few at a time for its own
 * sake.
 */
export const keepsSlotMs: Readonly<Partial<Record<QueueName, number>>> = {
  advance: 5_000,
  lookup: 5_000,
  deliver: 5_000,
  watch: 5_000,
};

/**
 * How many more a process holds in memory while its slots are taken; beyond that they are stored for any free process.
 * Work that people wait for is held: storing it takes as long as doing it, and the sweeps of other processes relieve a
 * long line. The limit only protects memory.
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
