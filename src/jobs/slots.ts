/** A number of places for pieces of work, each of which is begun and not waited for. */
export type Slots = {
  /** Begins a piece; it counts as running until it has settled. */
  begin(work: () => Promise<void>): void;
  /** Resolves when a place is free, or when nothing more is to be begun. */
  free(): Promise<void>;
  /** From now on nobody waits for a place. */
  close(): void;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
};

/** So many places, all free. */
export function slotsFor(count: number): Slots {
  const running = new Set<Promise<void>>();
  const waiting = new Set<() => void>();
  let closed = false;
  const isFree = () => closed || running.size < count;
  const wake = () => {
    if (!isFree()) return;
    for (const go of waiting) go();
    waiting.clear();
  };
  return {
    begin: (work) => {
      const piece: Promise<void> = work().finally(() => {
        running.delete(piece);
        wake();
      });
      running.add(piece);
    },
    free: () => (isFree() ? Promise.resolve() : new Promise((go) => waiting.add(go))),
    close: () => {
      closed = true;
      wake();
    },
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
