/** For how many days an exception is valid by default, and at most. */
export const [defaultDays, maxDays] = [30, 90];

const dayMs = 86_400_000;

/** The day that many days after an instant, as it is typed. */
export function dayAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * dayMs).toISOString().slice(0, 10);
}

/** The end of a typed day (UTC), as an instant; null: it isn't a valid day, is in the past, or is too far ahead. */
export function endOf(typed: string, at: string, days: number): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return null;
  const end = new Date(`${typed}T23:59:59.000Z`);
  if (Number.isNaN(end.getTime()) || !end.toISOString().startsWith(typed)) return null;
  return typed > dayAfter(at, 0) && typed <= dayAfter(at, days) ? end.toISOString() : null;
}
