import { part } from './json.ts';

/**
 * Whether a policy backs up less often than another, or keeps its backups for less time: what a Resource Guard protects
 * policies and items from, as the Azure CLI decides whether to name the guard's request (`custom_help.py`,
 * `is_retention_duration_decreased`).
 */
export function isWeaker(was: unknown, now: unknown): boolean {
  const less = (...path: string[]) => numberAt(was, path) > numberAt(now, path);
  const kept = ['daily', 'weekly', 'monthly', 'yearly'].map((layer) => `${layer}Schedule`);
  return (
    hoursBetween(now) > hoursBetween(was) ||
    less('instantRpRetentionRangeInDays') ||
    kept.some((layer) => less('retentionPolicy', layer, 'retentionDuration', 'count'))
  );
}

function numberAt(value: unknown, path: readonly string[]): number {
  const found = part(value, ...path);
  return typeof found === 'number' ? found : 0;
}

/** The longest time between two backups. */
function hoursBetween(properties: unknown): number {
  const schedule = part(properties, 'schedulePolicy');
  const hourly = part(schedule, 'hourlySchedule');
  if (hourly !== undefined) {
    const window = numberAt(hourly, ['scheduleWindowDuration']);
    return window === 24 ? numberAt(hourly, ['interval']) : 24 - window;
  }
  const days = part(schedule, 'weeklySchedule', 'scheduleRunDays') ?? part(schedule, 'scheduleRunDays');
  return Array.isArray(days) && days.length > 0 ? longestGap(days) * 24 : 24;
}

const WEEK = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function longestGap(names: readonly unknown[]): number {
  const days = WEEK.flatMap((name, day) => (names.includes(name) ? [day] : []));
  const gaps = days.map((day, n) => (days[n + 1] ?? (days[0] ?? 0) + 7) - day);
  return Math.max(...gaps);
}
