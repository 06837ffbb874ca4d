/**
 * What is said of a time denotes that minute and no other: who knows the moment at which it is said, with its zone, as
 * the card shows it, reads it back, on the days on which clocks change too.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { format } from '../../src/message/format.ts';

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
/** With and without summer time, of whole, half and quarter hours; one changes its clocks by half an hour. */
const zones = [
  ...['UTC', 'Europe/Amsterdam', 'Europe/Dublin', 'America/New_York', 'America/Santiago', 'America/St_Johns'],
  ...['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Chatham'],
  ...['Africa/Casablanca', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Antarctica/Troll'],
];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** How far a zone's clocks are from UTC, by Intl alone. */
function offsetAt(at: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = shown.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? ['', '+', '0', '0'];
  return (sign === '-' ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs);
}

const changes = new Map<string, readonly number[]>();
/** The hours of 2026 in which a zone's clocks change. */
function changesOf(timeZone: string): readonly number[] {
  const known = changes.get(timeZone);
  if (known) return known;
  const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)];
  const found: number[] = [];
  for (let day = from; day < to; day += dayMs) {
    if (offsetAt(day, timeZone) === offsetAt(day + dayMs, timeZone)) continue;
    let at = day;
    while (offsetAt(at, timeZone) === offsetAt(day, timeZone)) at += hourMs;
    found.push(at);
  }
  changes.set(timeZone, found);
  return found;
}

type Reader = { readonly now: number; readonly timeZone: string };

/** The minutes at which the clocks of a zone show this time on this day, given by its midnight as if in UTC. */
function minutesAt(wallDay: number, clock: string, timeZone: string): number[] {
  const wall = wallDay + Number(clock.slice(0, 2)) * hourMs + Number(clock.slice(3)) * minuteMs;
  const offsets = new Set([-dayMs, 0, dayMs].map((days) => offsetAt(wall + days, timeZone)));
  return [...offsets].map((offset) => wall - offset).filter((at) => at + offsetAt(at, timeZone) === wall);
}

/** All minutes that a text can mean to its reader. */
function meant(text: string, { now, timeZone }: Reader): number[] {
  const [, day = '', clock = '', zone] = /^(.+) (\d\d:\d\d)(?: (\S+))?$/.exec(text) ?? [];
  const here = new Date(now + offsetAt(now, timeZone));
  const today = Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate());
  const [, number, month, year] = /^(\d+) (\w+)(?: (\d+))?$/.exec(day) ?? [];
  const dated = Date.UTC(Number(year ?? here.getUTCFullYear()), months.indexOf(month ?? ''), Number(number));
  const on = { yesterday: [today - dayMs], today: [today], tomorrow: [today + dayMs], tonight: [today, today + dayMs] };
  const days = on[day as keyof typeof on] ?? [dated];
  const named = (at: number) => format({ locale: 'en', timeZone }).time(new Date(at)).split(' ')[1];
  const all = days
    .flatMap((each) => minutesAt(each, clock, timeZone))
    .filter((at) => (zone === undefined ? offsetAt(at, timeZone) === offsetAt(now, timeZone) : named(at) === zone));
  // Tonight is the coming one.
  return day === 'tonight' ? all.filter((at) => at > now - minuteMs).slice(0, 1) : all;
}

const minute = (at: number) => Math.floor(at / minuteMs) * minuteMs;
const moments = fc.constantFrom(...zones).chain((timeZone) => {
  const anywhen = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2030, 0, 1) });
  const near = changesOf(timeZone).map((at) =>
    fc.integer({ min: -30 * 60, max: 30 * 60 }).map((m) => at + m * minuteMs),
  );
  const now = fc.oneof(anywhen, ...near).map(minute);
  const apart = fc.oneof(fc.integer({ min: -3 * 1440, max: 3 * 1440 }), fc.integer({ min: -600_000, max: 600_000 }));
  return fc.record({ timeZone: fc.constant(timeZone), now, apart });
});

test.each(['said', 'dated'] as const)('a time that is %s is read back as that minute and no other', (how) => {
  fc.assert(
    fc.property(moments, ({ timeZone, now, apart }) => {
      const at = now + apart * minuteMs;
      const text = format({ locale: 'en', timeZone })[how](new Date(at), new Date(now));
      expect({ text, meant: meant(text, { now, timeZone }) }).toEqual({ text, meant: [at] });
    }),
    { numRuns: 1000 },
  );
});
