/** Times of day in a zone: as policies store them, converted to instants, and as people say them. Pure. */
import { offsetAt } from '../core/zone-offset.ts';

/**
 * A time of day `HH:MM`, on the day of `now` in that zone plus `days`. An hour that daylight saving time skips is the
 * one after it.
 */
export function wallTime({ time, timeZone, now, days = 0 }: WallTime): Date {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const here = new Date(now.getTime() + offsetAt(now.getTime(), timeZone));
  const wall = Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate() + days, hours, minutes);
  const guess = wall - offsetAt(wall, timeZone);
  const at = wall - offsetAt(guess, timeZone);
  const isSkipped = at + offsetAt(at, timeZone) !== wall;
  return new Date(isSkipped ? Math.max(guess, at) : at);
}

/**
 * A time of day `HH:MM` on a day such as `2026-11-28`, as dated in that zone: noon in Greenwich is already the next day
 * in the western Pacific. Undefined if a zone skipped the day.
 */
export function wallTimeOn({ day, time, timeZone }: Pick<WallTime, 'time' | 'timeZone'> & { day: string }) {
  const now = new Date(`${day}T12:00:00Z`);
  const near = [0, -1].map((days) => wallTime({ time, timeZone, now, days }));
  return near.find((at) => dayIn(at, timeZone) === day);
}

/** The input of `wallTime`. */
type WallTime = {
  readonly time: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly days?: number;
};

/** The day of an instant in a zone, as `2026-11-28`. */
export function dayIn(at: Date, timeZone: string): string {
  return dayOf(at, timeZone, 0);
}

const noonMs = 12 * 3_600_000;

/** The night of an instant in a zone, from noon to noon by its clocks, as the day on which it ends. */
export function nightIn(at: Date, timeZone: string): string {
  return dayOf(at, timeZone, noonMs);
}

function dayOf(at: Date, timeZone: string, laterMs: number): string {
  return new Date(at.getTime() + offsetAt(at.getTime(), timeZone) + laterMs).toISOString().slice(0, 10);
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** How many days from `now` in a zone until that weekday (English name); 0 is today. */
export function daysUntil(weekday: string, timeZone: string, now: Date): number {
  const here = new Date(now.getTime() + offsetAt(now.getTime(), timeZone));
  return (weekdays.indexOf(weekday.toLowerCase()) - here.getUTCDay() + 7) % 7;
}

const dayMs = 86_400_000;

/** How a day is said next to a time of day; `date`: by its date. */
export type SaidDay = 'yesterday' | 'today' | 'this-evening' | 'this-night' | 'tomorrow' | 'date';

const [morning, evening] = [6, 18];

/**
 * The day of an instant as it is said at `now` by the clocks of a zone. The coming night belongs to this day: midnight
 * is tonight until six in the morning, from when on the next one is. What has passed is said by its own day.
 */
export function saidDay(at: Date, now: Date, timeZone: string): SaidDay {
  const days = Math.round((Date.parse(dayIn(at, timeZone)) - Date.parse(dayIn(now, timeZone))) / dayMs);
  const [hour, hourNow] = [hourIn(at, timeZone), hourIn(now, timeZone)];
  const isAhead = at.getTime() > now.getTime();
  if (days === -1) return 'yesterday';
  if (days === 0 && isAhead && hour >= evening) return 'this-evening';
  if (days === 0 && isAhead && hour < morning) return 'this-night';
  if (days === 0) return 'today';
  if (days !== 1) return 'date';
  return hour < morning && hourNow >= morning ? 'this-night' : 'tomorrow';
}

/** Whether it is in the evening or in the night, by the clocks of a zone. */
export function isNight(at: Date, timeZone: string): boolean {
  const hour = hourIn(at, timeZone);
  return hour >= evening || hour < morning;
}

function hourIn(at: Date, timeZone: string): number {
  return new Date(at.getTime() + offsetAt(at.getTime(), timeZone)).getUTCHours();
}
