/**
 * Which VM is next for a drill. Pure. Days are those of the entry's time zone, so a VM is due at the same time of day
 * despite daylight saving time, and however long its last drill took.
 */
import { dayIn, daysUntil, wallTime } from '../../../message/wall-time.ts';
import type { DrillSchedule } from '../../parts/drill-setup.ts';

/**
 * A VM of an entry. `last`: when its last drill ended, however it did; null: it never had one. `triedOn`: the day on
 * which the schedule last tried to start its drill; it is tried once a day.
 */
export type Turn = {
  readonly id: string;
  readonly name: string;
  readonly last: Date | null;
  readonly triedOn: string | null;
};

/** A time and the zone in which its day counts. */
export type Here = { readonly now: Date; readonly timeZone: string };

/** The running drills of an entry: the VMs that have one, whoever started it. */
type Running = readonly Pick<Turn, 'id' | 'name'>[];

/** When drills of an entry can start: on which days, and how many. */
type Times = Pick<DrillSchedule, 'days' | 'starts' | 'atOnce'>;

/**
 * The VMs whose drills have to be started now, the one that has waited longest first, and those that never had one
 * before all others. Together with the running ones, never more than the entry allows at once, and never two whose new
 * VMs would share a name.
 */
export function turnsNow(times: Times, { turns, running, here }: Standing): readonly string[] {
  if (!isOpen(times, here)) return [];
  const today = dayIn(here.now, here.timeZone);
  const taken = new Set(running.map(({ name }) => name.toLowerCase()));
  const started: string[] = [];
  for (const turn of turns.toSorted(byWait)) {
    if (running.length + started.length >= times.atOnce) break;
    const isFree = isDue(times, turn, here) && turn.triedOn !== today;
    if (!isFree || taken.has(turn.name.toLowerCase()) || running.some(({ id }) => id === turn.id)) continue;
    taken.add(turn.name.toLowerCase());
    started.push(turn.id);
  }
  return started;
}

type Standing = { readonly turns: readonly Turn[]; readonly running: Running; readonly here: Here };

/** Whether any drill can start now, with that many running. */
export function mayStartAny(times: Times, running: number, here: Here): boolean {
  return running < times.atOnce && isOpen(times, here);
}

/** Whether a VM's time has passed. */
export function isDue(times: Pick<Times, 'days'>, turn: Pick<Turn, 'last'>, here: Here): boolean {
  return daysLeft(times, turn, here) <= 0;
}

/** When a VM's next drill is due: the first start from the day on which its time is up; if that has passed: now. */
export function nextTurn(times: Times, turn: Pick<Turn, 'last'>, here: Here): Date {
  const from = Math.max(0, daysLeft(times, turn, here));
  if (from === 0 && isOpen(times, here)) return here.now;
  const { now, timeZone } = here;
  const weekday = times.starts.days.map((day) => daysUntil(day, timeZone, now));
  const starts = Array.from({ length: 8 }, (_, more) => from + more)
    .filter((days) => weekday.includes(days % 7))
    .map((days) => wallTime({ time: times.starts.time, timeZone, now, days }));
  return starts.find((at) => at > now) ?? now;
}

/** Whether drills can start at this time: on the entry's days, from its time of day until the day ends. */
function isOpen({ starts: { days, time } }: Times, { now, timeZone }: Here): boolean {
  const isToday = days.some((day) => daysUntil(day, timeZone, now) === 0);
  return isToday && wallTime({ time, timeZone, now }) <= now;
}

const dayMs = 86_400_000;

/** How many days are left until its time is up; 0 or less: it is. */
function daysLeft({ days }: Pick<Times, 'days'>, { last }: Pick<Turn, 'last'>, { now, timeZone }: Here): number {
  if (last === null) return 0;
  const passed = (Date.parse(dayIn(now, timeZone)) - Date.parse(dayIn(last, timeZone))) / dayMs;
  return days - passed;
}

function byWait(one: Turn, other: Turn): number {
  return (one.last?.getTime() ?? 0) - (other.last?.getTime() ?? 0) || (one.id < other.id ? -1 : 1);
}
