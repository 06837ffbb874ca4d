/** Recovery points of a given day. Pure. */

const hour = 3_600_000;

/** Whether it is a valid day in the typed form `2026-11-20`. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/**
 * Those that are of that day somewhere on earth: a backup at midnight is of another day in UTC than where people read
 * it. Null: any day.
 */
export function ofDay<T extends { readonly time: Date }>(points: readonly T[], day: string | null): readonly T[] {
  if (day === null) return points;
  const from = Date.parse(`${day}T00:00:00Z`) - 14 * hour;
  return points.filter(({ time }) => time.getTime() >= from && time.getTime() < from + 50 * hour);
}
