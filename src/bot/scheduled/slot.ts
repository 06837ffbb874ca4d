/**
 * When something scheduled is due. Pure. A slot is a day with its time; there is exactly one for each day, despite
 * daylight saving time, so what is recorded as done for a day is done once.
 */
import type { Schedule } from '../../core/schedule.ts';
import { dayIn, daysUntil, wallTime } from '../../message/wall-time.ts';

/** A day in its readers' time zone (`2026-11-28`), and the instant at which it is due. */
type Slot = { readonly day: string; readonly at: Date };

/** What is known about a channel: since when it gets the post, and for which day it last got it. */
type Made = { readonly since: Date; readonly madeFor: string | null };

/**
 * Today's slot if it is still open; null: none is. A slot that was missed while nothing ran is made up for on the same
 * day, never later; one from before the channel got the post doesn't count.
 */
export function dueSlot(schedule: Schedule, { since, madeFor }: Made, { now, timeZone }: Here): Slot | null {
  const day = dayIn(now, timeZone);
  const at = wallTime({ time: schedule.time, timeZone, now });
  const isToday = schedule.days.some((each) => daysUntil(each, timeZone, now) === 0);
  if (!isToday || at > now || at < since) return null;
  return madeFor !== null && madeFor >= day ? null : { day, at };
}

type Here = { readonly now: Date; readonly timeZone: string };

const punctualMs = 15 * 60_000;

/** Whether it is so late that the post says so. */
export function isLate({ at }: Slot, now: Date): boolean {
  return now.getTime() - at.getTime() > punctualMs;
}
