/** The source of the current time. Tests pass their own; nothing else in the product reads the system clock. */
export type Clock = { now(): Date };

/** The wall clock of this process. */
export const systemClock: Clock = { now: () => new Date() };
