import { joined } from './choices.ts';
import { asWritten } from './timed-text.ts';
import { ianaZone } from '../core/windows-zone.ts';
import { daysUntil, wallTime } from './wall-time.ts';
import type { Words } from './words.ts';

type Kept = { readonly count: number; readonly unit: 'Days' | 'Weeks' | 'Months' | 'Years' };

/**
 * What is said about a policy; the gateway's `PolicyFacts` fit. Times of day are `HH:MM` in `timeZone`, a Windows name.
 */
type PolicyToSay = {
  readonly name: string;
  readonly timeZone: string;
  readonly schedule:
    | { readonly frequency: 'Daily'; readonly times: readonly string[] }
    | { readonly frequency: 'Weekly'; readonly times: readonly string[]; readonly days: readonly string[] }
    | {
        readonly frequency: 'Hourly';
        readonly everyHours: number;
        readonly windowStart: string;
        readonly windowHours: number;
      }
    | { readonly frequency: 'Unknown' };
  readonly daily: Kept | null;
  readonly weekly: Kept | null;
  readonly monthly: Kept | null;
  readonly yearly: Kept | null;
  readonly crashConsistentOnly: boolean;
};

type Said = { readonly words: Words; readonly policy: PolicyToSay; readonly now: Date };

/** `00:00 CET`: a daily time isn't an instant. */
function timeText(at: Date, words: Words): string {
  return asWritten(words.time(at));
}

/** In an unknown zone, the time is given with the zone's own name and not converted. */
function dailyText(times: readonly string[], { words, policy, now }: Said): string {
  const zone = ianaZone(policy.timeZone);
  const said = zone
    ? times.map((time) => timeText(wallTime({ time, timeZone: zone, now }), words))
    : times.map((time) => `${time} ${policy.timeZone}`);
  return words.say('policy.daily', { times: words.names(said, 6) });
}

/** Days may also differ in the reader's zone: Sunday 23:00 UTC is Monday in Amsterdam. */
function weeklyText(schedule: { times: readonly string[]; days: readonly string[] }, said: Said): string {
  const { words, policy, now } = said;
  const zone = ianaZone(policy.timeZone) ?? 'UTC';
  const time = schedule.times[0] ?? '00:00';
  const runs = schedule.days.map((day) => wallTime({ time, timeZone: zone, now, days: daysUntil(day, zone, now) }));
  const days = words.names(
    runs.map((at) => words.weekday(at)),
    7,
  );
  const first = runs[0];
  if (!first) return words.say('policy.unknown-schedule');
  return words.say('policy.weekly', { days, times: timeText(first, words) });
}

type Hourly = Extract<PolicyToSay['schedule'], { frequency: 'Hourly' }>;

function hourlyText({ everyHours, windowStart, windowHours }: Hourly, { words, policy, now }: Said): string {
  if (windowHours + everyHours > 24) return words.say('policy.hourly-all-day', { hours: everyHours });
  const from = wallTime({ time: windowStart, timeZone: ianaZone(policy.timeZone) ?? 'UTC', now });
  const to = new Date(from.getTime() + windowHours * 3_600_000);
  const [start, end] = [timeText(from, words), timeText(to, words)];
  const oneZone = start.slice(5) === end.slice(5);
  return words.say('policy.hourly', { hours: everyHours, from: oneZone ? start.slice(0, 5) : start, to: end });
}

function scheduleText(said: Said): string {
  const { schedule } = said.policy;
  switch (schedule.frequency) {
    case 'Daily':
      return dailyText(schedule.times, said);
    case 'Weekly':
      return weeklyText(schedule, said);
    case 'Hourly':
      return hourlyText(schedule, said);
    case 'Unknown':
      return said.words.say('policy.unknown-schedule');
  }
}

const periods = {
  Days: 'policy.kept-days',
  Weeks: 'policy.kept-weeks',
  Months: 'policy.kept-months',
  Years: 'policy.kept-years',
} as const;

const layers = [
  ['daily', null],
  ['weekly', 'policy.of-weekly'],
  ['monthly', 'policy.of-monthly'],
  ['yearly', 'policy.of-yearly'],
] as const;

/** `kept 90 days, weekly ones 52 weeks`; a policy's first layer applies to every backup. */
function keptText({ words, policy }: Said): string | null {
  const kept = layers.flatMap(([layer, key]) => {
    const retention = policy[layer];
    return retention ? [{ key, period: words.say(periods[retention.unit], { count: retention.count }) }] : [];
  });
  const said = kept.map(({ key, period }, index) => (index > 0 && key ? words.say(key, { period }) : period));
  return said.length > 0 ? words.say('policy.kept', { retentions: said.join(', ') }) : null;
}

/** A policy in plain words: `every day 00:00 CET, kept 30 days`. `now` decides about daylight saving time. */
export function policyWords(words: Words, policy: PolicyToSay, now: Date): string {
  const said = { words, policy, now };
  const crash = policy.crashConsistentOnly ? words.say('policy.crash-only') : null;
  return [scheduleText(said), keptText(said), crash].filter((part) => part !== null).join(', ');
}

/** The same as a choice of a pick-list, whose beginning is shown on a phone: how long comes before how often. */
export function policyLine(words: Words, policy: PolicyToSay, now: Date): string {
  const said = { words, policy, now };
  const crash = policy.crashConsistentOnly ? words.say('policy.crash-only') : undefined;
  return joined([policy.name, keptText(said) ?? undefined, scheduleText(said), crash]);
}
