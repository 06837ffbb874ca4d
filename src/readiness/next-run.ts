/**
 * When a policy runs. Its times are wall-clock times of a zone, so the same hour is another instant after the clocks
 * change; a time that a change skips is taken as the instant right after the gap.
 *
 * Azure promises less: "Azure Backup doesn't automatically adjust for daylight saving time changes when backing up a
 * VM. Modify the policy manually as needed" (support matrix for Azure VM backup, "Automatic clock adjustment"). In
 * which direction a run is then off, and for how long, is neither documented nor recorded. So the time is given by the
 * zone's clocks, and for a run soon after a change the card says that it may be an hour off.
 */
import { ianaZone } from '../core/windows-zone.ts';
import { offsetAt } from '../core/zone-offset.ts';
import type { PolicyFacts } from '../azure/gateway.ts';

const hour = 3_600_000;
const day = 24 * hour;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The first run after `now`; null where the schedule or its time zone is not understood. */
export function nextRun(policy: PolicyFacts, now: Date): Date | null {
  // Eight days ahead hold at least one run of every schedule, also a weekly one whose day is today.
  return runsBetween(policy, now, new Date(now.getTime() + 8 * day))?.[0] ?? null;
}

/** The first run after `now` as it is shown: its time, and whether the zone's clocks change in the week before it. */
export function plannedRun(policy: PolicyFacts, now: Date): PlannedRun {
  const run = nextRun(policy, now);
  return { nextRun: run?.toISOString() ?? null, afterClockChange: run !== null && isAfterClockChange(policy, run) };
}

/** A run that is due. What was stored by an earlier version says nothing of the clocks. */
export type PlannedRun = { readonly nextRun: string | null; readonly afterClockChange?: boolean };

/**
 * Whether the clocks of the policy's zone were others a week before this run. Never true in a zone without summer time.
 */
function isAfterClockChange({ timeZone }: Pick<PolicyFacts, 'timeZone'>, run: Date): boolean {
  const zone = ianaZone(timeZone);
  return zone !== null && offsetAt(run.getTime() - 7 * day, zone) !== offsetAt(run.getTime(), zone);
}

/** Whether a run that was due more than a day ago left no recovery point; null where the schedule is not understood. */
export function missedRun(policy: PolicyFacts, last: Date, now: Date): boolean | null {
  return missedBy(policy, now)(last);
}

/** The same for the newest points of many VMs: the runs of their policy are worked out once. */
function missedBy(policy: PolicyFacts, now: Date): (last: Date) => boolean | null {
  // Eight days hold a run of every schedule; a point is dated by the snapshot, soon after its run was due.
  const runs = runsBetween(policy, new Date(now.getTime() - 9 * day), new Date(now.getTime() - day));
  return (last) => runs && runs.some((run) => run > last);
}

/** What a policy says of a VM: its first run after a time, and whether a run left no point after the newest one. */
export type PolicyRuns = PlannedRun & { readonly missed: (last: Date) => boolean | null };

/** That of each policy, worked out once: thousands of VMs share a few. */
export function policyRuns(now: Date): (policy: PolicyFacts) => PolicyRuns {
  const known = new Map<PolicyFacts, PolicyRuns>();
  return (policy) => {
    const runs = known.get(policy) ?? { ...plannedRun(policy, now), missed: missedBy(policy, now) };
    known.set(policy, runs);
    return runs;
  };
}

/** All runs later than `from` and not later than `to`, in order; null where the schedule is not understood. */
export function runsBetween(policy: PolicyFacts, from: Date, to: Date): readonly Date[] | null {
  const zone = ianaZone(policy.timeZone);
  if (zone === null || policy.schedule.frequency === 'Unknown') return null;
  const runs: Date[] = [];
  // A run of a window may be on the day after its window began, hence the two days before.
  for (let at = from.getTime() - 2 * day; at <= to.getTime() + day; at += day) {
    runs.push(...runsOfDay(policy.schedule, localDate(new Date(at), zone), zone));
  }
  const within = runs.filter((run) => run > from && run <= to).map((run) => run.getTime());
  return [...new Set(within)].sort((a, b) => a - b).map((time) => new Date(time));
}

type LocalDate = { readonly year: number; readonly month: number; readonly day: number; readonly weekday: string };

function runsOfDay(schedule: PolicyFacts['schedule'], date: LocalDate, zone: string): Date[] {
  switch (schedule.frequency) {
    case 'Daily':
      return schedule.times.flatMap((time) => instantOf(date, time, zone));
    case 'Weekly':
      return schedule.days.some((name) => name.toLowerCase() === date.weekday)
        ? schedule.times.flatMap((time) => instantOf(date, time, zone))
        : [];
    case 'Hourly':
      return instantOf(date, schedule.windowStart, zone).flatMap((start) => windowRuns(start, schedule));
    case 'Unknown':
      return [];
  }
}

function windowRuns(start: Date, window: { everyHours: number; windowHours: number }): Date[] {
  if (!(window.everyHours > 0)) return [];
  const runs: Date[] = [];
  // The end of the window still runs, unless the window closes the circle: then it is the next day's first run.
  for (let after = 0; after <= window.windowHours && after < 24; after += window.everyHours) {
    runs.push(new Date(start.getTime() + after * hour));
  }
  return runs;
}

function localDate(at: Date, zone: string): LocalDate {
  const there = new Date(at.getTime() + offsetAt(at.getTime(), zone));
  const weekday = weekdays[there.getUTCDay()] as string;
  return { year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate(), weekday };
}

function instantOf(date: LocalDate, time: string, zone: string): Date[] {
  const match = /^(\d{1,2}):(\d{2})/.exec(time);
  if (!match) return [];
  const wall = Date.UTC(date.year, date.month - 1, date.day, Number(match[1]), Number(match[2]));
  const before = wall - offsetAt(wall - day, zone);
  const after = wall - offsetAt(wall + day, zone);
  // Right on ordinary days both agree. Around a change the one that reads back as the wanted time is right; in a gap
  // neither does, and the later offset would name a time before the gap, so the earlier offset is kept.
  const fits = [before, after].find((instant) => instant + offsetAt(instant, zone) === wall);
  return [new Date(fits ?? before)];
}
