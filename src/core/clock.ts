/** Where the present comes from. Tests give their own; nothing else in the product reads the system's time. */
export type Clock = { now(): Date };

/** The wall clock of this process. */
export const systemClock: Clock = { now: () => new Date() };
