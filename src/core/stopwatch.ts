import type { Clock } from './clock.ts';

/** How long it is since it was started. */
export type Stopwatch = { elapsedMs(): number };

/**
 * Starts a stopwatch that no pause escapes. The monotonic clock runs on while a process is stopped, but not while its
 * machine is suspended; the wall clock runs on through both, but may be set back. So whichever shows more counts.
 */
export function startStopwatch(clock: Clock, monotonic: () => number = () => performance.now()): Stopwatch {
  const [wall, steady] = [clock.now().getTime(), monotonic()];
  return { elapsedMs: () => Math.max(clock.now().getTime() - wall, monotonic() - steady) };
}
