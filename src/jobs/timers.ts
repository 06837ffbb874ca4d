/** What this process looks at later. */
type Timers = {
  /** Calls `ring` after `inMs`, a little late: by then its time has come by the database's clock, too. */
  set(inMs: number, ring: () => void): void;
  /** From now on nothing rings any more. */
  end(): void;
};

/** What is due later than a timer can be set for is looked at in between. */
const maxMs = 86_400_000;
const lateMs = 5;

/** None set. They don't keep the process from ending. */
export function timersOf(): Timers {
  const timers = new Set<NodeJS.Timeout>();
  let hasEnded = false;
  return {
    set: (inMs, ring) => {
      if (hasEnded) return;
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          ring();
        },
        Math.min(inMs, maxMs) + lateMs,
      ).unref();
      timers.add(timer);
    },
    end: () => {
      hasEnded = true;
      timers.forEach((timer) => clearTimeout(timer));
    },
  };
}
