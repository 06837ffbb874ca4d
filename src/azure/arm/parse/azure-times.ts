/**
 * Times as Azure writes them. Azure has no null for a time: what hasn't happened is the year 1 (`0001-01-01T00:00:00`,
 * with or without a zone), the first second of 2001, or an empty text. All of them are `null` here.
 */

const startOf2001 = Date.UTC(2001, 0, 1);

/** The time that Azure means; null for its sentinels, for an absent one and for an invalid one. */
export function timeOrNull(value: Date | string | null | undefined): Date | null {
  if (value === null || value === undefined || value === '') return null;
  const time = value instanceof Date ? value : new Date(value);
  // Without a zone the year 1 is read as local time, so it may be a day before or after.
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() <= 1 || time.getTime() === startOf2001) return null;
  return time;
}

/** A time in seconds since 1970, as keys have it, or already parsed by the SDK, as secrets have it. */
export function epochOrNull(value: Date | number | null | undefined): Date | null {
  return timeOrNull(typeof value === 'number' ? new Date(value * 1000) : value);
}

/** A policy's time of day, `HH:MM`. Its date means nothing, its time zone is the policy's own. */
export function timeOfDay(value: Date): string | null {
  return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(11, 16);
}

/** The format of times in Azure Backup's job filter: `2025-01-05 02:52:09 AM`, UTC. */
export function filterTime(time: Date): string {
  const [day, clock] = time.toISOString().slice(0, 19).split('T') as [string, string];
  const hour = time.getUTCHours();
  const shown = String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, '0');
  return `${day} ${shown}${clock.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
}
