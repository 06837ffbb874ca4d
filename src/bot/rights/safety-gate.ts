/**
 * I5's condition for approving or running anything: the database accepted a write within the last 10 s, and the clocks
 * of this process, the database and Azure differ by at most 30 s. Identities are checked per person.
 */
import type { Clock } from '../../core/clock.ts';
import { loggable, type Log } from '../../core/log.ts';
import { beat } from '../../store/pulse.ts';
import type { Queries } from '../../store/database.ts';

const pulseMaxAgeMs = 10_000;
const skewMaxMs = 30_000;

/** Decides whether anything can start. */
export type SafetyGate = {
  /** Writes a heartbeat and compares clocks; never throws. */
  beat(): Promise<void>;
  /** Beats if the last heartbeat is too old to count: that this process was suspended is no reason to refuse. */
  renew(): Promise<void>;
  /** Why nothing can start now: `database` or `clock`; null if it can. */
  unsafeBecause(): 'database' | 'clock' | null;
};

/** Starts closed: the first beat decides. `azureSkew` is null if Azure's clock doesn't count. */
export function safetyGate(parts: {
  readonly q: Queries;
  readonly process: string;
  readonly clock: Clock;
  readonly azureSkew: () => number | null;
  readonly log: Log;
}): SafetyGate {
  let last: { readonly at: number; readonly skew: number } | null = null;
  const isOld = () => last === null || parts.clock.now().getTime() - last.at > pulseMaxAgeMs;
  const beatNow = async () => {
    try {
      // As old as its request: this process may have been suspended before it saw the answer.
      const at = parts.clock.now().getTime();
      const theirs = await beat(parts.q, parts.process);
      last = { at, skew: Math.abs(parts.clock.now().getTime() - theirs.getTime()) };
    } catch (error) {
      parts.log.error(loggable(error), 'the database took no sign of life');
    }
  };
  return {
    beat: beatNow,
    renew: async () => {
      if (isOld()) await beatNow();
    },
    unsafeBecause: () => {
      if (last === null || isOld()) return 'database';
      return last.skew > skewMaxMs || Math.abs(parts.azureSkew() ?? 0) > skewMaxMs ? 'clock' : null;
    },
  };
}
