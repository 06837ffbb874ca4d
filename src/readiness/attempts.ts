import type { JobFacts, PolicyFacts } from '../azure/gateway.ts';
import { runsBetween } from './next-run.ts';

/** How many on-demand backups of one item Azure starts per UTC day. */
export const attemptLimit = 9;

const twoHours = 2 * 3_600_000;

/** From when on jobs count for a day: a run planned for the end of the day before may have begun after it. */
export function attemptsFrom(now: Date): Date {
  return new Date(new Date(now).setUTCHours(-2, 0, 0, 0));
}

/**
 * How many of one item's backups since 00:00 UTC were requested by somebody. `backups` are its jobs since
 * `attemptsFrom`. A job doesn't say whether it was scheduled. Azure starts a scheduled one within two hours of its
 * time, so each planned run takes away one job that began in its two hours.
 */
export function attemptsOn(backups: readonly JobFacts[], policy: PolicyFacts | null, now: Date): number {
  const starts = backups.flatMap(({ startTime }) => (startTime ? [startTime.getTime()] : [])).sort((a, b) => a - b);
  const planned = policy === null ? [] : (runsBetween(policy, attemptsFrom(now), now) ?? []);
  for (const run of planned) {
    const index = starts.findIndex((start) => start >= run.getTime() && start <= run.getTime() + twoHours);
    if (index >= 0) starts.splice(index, 1);
  }
  const midnight = new Date(now).setUTCHours(0, 0, 0, 0);
  return starts.filter((start) => start >= midnight).length;
}
