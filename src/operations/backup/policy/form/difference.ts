/** How a policy would differ from what it was. Pure. */
import type { PolicyFacts, PolicyShape } from '../../../../azure/gateway.ts';
import { keepRange, layers, weekDays, type Layer } from './rules.ts';

type Kept = Pick<PolicyFacts, Layer>;

/**
 * For how long each layer is kept, in its own unit; null if it isn't. Old policies may keep weekly points under the
 * name of daily ones: the unit decides.
 */
export function keptCounts(policy: Kept): Readonly<Record<Layer, number | null>> {
  const all = layers.flatMap((layer) => policy[layer] ?? []);
  const counts = layers.map((layer) => {
    const own = all.find((kept) => kept.unit === keepRange[layer].unit);
    return [layer, own?.count ?? null] as const;
  });
  return Object.fromEntries(counts) as Record<Layer, number | null>;
}

/** The layers whose points would be kept for less time than now, or no longer at all: Azure deletes those points. */
export function shortened(was: Kept, shape: Kept): readonly Layer[] {
  const [before, after] = [keptCounts(was), keptCounts(shape)];
  return layers.filter((layer) => (before[layer] ?? 0) > (after[layer] ?? 0));
}

/**
 * Whether backups would be made less often than now, or kept for less time, snapshots included. A Resource Guard
 * protects against that; the Azure CLI names its request in these cases.
 */
export function isWeaker(was: PolicyFacts, shape: PolicyShape): boolean {
  const isRarer = hoursBetween(shape.schedule) > hoursBetween(was.schedule);
  return isRarer || shape.snapshotDays < (was.snapshotDays ?? 0) || shortened(was, shape).length > 0;
}

/** The longest time between two backups; nothing is rarer than what is unknown. */
function hoursBetween(schedule: PolicyFacts['schedule']): number {
  switch (schedule.frequency) {
    case 'Daily':
      return 24;
    case 'Weekly':
      return longestGap(schedule.days) * 24;
    case 'Hourly':
      return schedule.windowHours === 24 ? schedule.everyHours : 24 - schedule.windowHours;
    case 'Unknown':
      return Infinity;
  }
}

function longestGap(names: readonly string[]): number {
  const days = weekDays.flatMap((name, day) => (names.includes(name) ? [day] : []));
  const gaps = days.map((day, n) => (days[n + 1] ?? (days[0] ?? 0) + 7) - day);
  return Math.max(0, ...gaps);
}

const lines = ['often', 'zone', ...layers, 'snapshots'] as const;
/** What can differ in a policy, in the order in which it is shown. */
export type Line = (typeof lines)[number];

/** The lines in which a policy would differ. */
export function changedLines(was: PolicyFacts, shape: PolicyShape): readonly Line[] {
  const [before, after] = [keptCounts(was), keptCounts(shape)];
  const differs: Readonly<Record<Line, boolean>> = {
    often: JSON.stringify(scheduleKey(was.schedule)) !== JSON.stringify(scheduleKey(shape.schedule)),
    zone: was.timeZone !== shape.timeZone,
    daily: before.daily !== after.daily,
    weekly: before.weekly !== after.weekly,
    monthly: before.monthly !== after.monthly,
    yearly: before.yearly !== after.yearly,
    snapshots: was.snapshotDays !== shape.snapshotDays,
  };
  return lines.filter((line) => differs[line]);
}

function scheduleKey(schedule: PolicyFacts['schedule']): readonly unknown[] {
  switch (schedule.frequency) {
    case 'Daily':
      return ['Daily', schedule.times[0]];
    case 'Weekly':
      return ['Weekly', schedule.times[0], [...schedule.days].sort()];
    case 'Hourly':
      return ['Hourly', schedule.everyHours, schedule.windowStart, schedule.windowHours];
    case 'Unknown':
      return ['Unknown'];
  }
}
