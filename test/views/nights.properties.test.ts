/** The calendar of a digest: each backup counts in one night, whatever summer time does; each night has one column. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BackupBook, FailedBackup } from '../../src/core/books.ts';
import { nightsOf, weeksOf } from '../../src/views/digest/nights.ts';

const [hourMs, quarterMs] = [3_600_000, 900_000];
const timeZone = fc.constantFrom(
  'UTC',
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
);
/** A time in a month in which some clocks change, or in which none do. */
const now = fc
  .tuple(fc.constantFrom('2027-04-05', '2027-11-08', '2026-11-27', '2027-01-03'), fc.integer({ min: 0, max: 95 }))
  .map(([day, quarter]) => new Date(Date.parse(`${day}T00:00:00Z`) + quarter * quarterMs));
const back = fc.integer({ min: 0, max: 29 * 96 });

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The local time there. */
function shown(at: Date, zone: string): { day: string; hour: number } {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(zone, clock);
  const text = clock.format(at);
  return { day: text.slice(0, 10), hour: Number(text.slice(11, 13)) };
}
/** The night by definition: what begins at noon or later belongs to the night that ends the next day. */
function nightOf(at: Date, zone: string): string {
  const { day, hour } = shown(at, zone);
  return hour < 12 ? day : new Date(Date.parse(`${day}T12:00:00Z`) + 24 * hourMs).toISOString().slice(0, 10);
}

const bookOf = (over: Partial<BackupBook>): BackupBook => ({
  good: [],
  failures: [],
  isCut: false,
  since: '2000-01-01T00:00:00.000Z',
  silent: [],
  ...over,
});

test('thirty nights up to today, one after another, each in the column of its weekday', () => {
  fc.assert(
    fc.property(timeZone, now, (zone, at) => {
      const nights = nightsOf(bookOf({}), { now: at, timeZone: zone });
      expect(nights).toHaveLength(30);
      expect(nights.at(-1)?.day).toBe(shown(at, zone).day);
      const days = nights.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
      for (const [index, day] of days.slice(1).entries()) expect(day - days[index]!).toBe(24 * hourMs);
      const weeks = weeksOf(nights);
      expect(weeks.flat().filter((night) => night !== null)).toEqual(nights);
      for (const week of weeks) {
        expect(week).toHaveLength(7);
        week.forEach((night, column) => {
          if (night) expect(new Date(`${night.day}T00:00:00Z`).getUTCDay()).toBe((column + 1) % 7);
        });
      }
      expect(nights.every(({ state }) => state === 'none')).toBe(true);
    }),
  );
});

test('a backup counts in the night of its own time zone; a failure followed by a good one the same night doesn’t count', () => {
  const failure = fc.record({ back, again: fc.option(fc.integer({ min: 1, max: 200 })) });
  fc.assert(
    fc.property(timeZone, now, fc.array(failure, { maxLength: 12 }), (zone, at, made) => {
      const failures = made.map((one, index): FailedBackup => {
        const began = Math.floor(at.getTime() / quarterMs) * quarterMs - one.back * quarterMs;
        const goodAt = one.again === null ? null : new Date(began + one.again * quarterMs).toISOString();
        return { item: `item-${index}`, vm: `vm-${index}`, at: new Date(began).toISOString(), goodAt };
      });
      const good = failures.flatMap(({ goodAt }) => (goodAt ? [Date.parse(goodAt) / quarterMs] : []));
      const nights = nightsOf(bookOf({ failures, good }), { now: at, timeZone: zone });
      for (const { day, state, failed } of nights) {
        const here = failures.filter((one) => nightOf(new Date(one.at), zone) === day);
        const open = here.filter(({ goodAt }) => goodAt === null || nightOf(new Date(goodAt), zone) !== day);
        expect(failed).toEqual(open.map(({ vm }) => vm).sort());
        const isGood = here.length > 0 || good.some((each) => nightOf(new Date(each * quarterMs), zone) === day);
        expect(state).toBe(open.length > 0 ? 'failed' : isGood ? 'good' : 'none');
      }
    }),
  );
});

test('a backup that completed with warnings makes its night neither good nor failed, unless a good one followed', () => {
  const began = (day: string) => `2026-11-${day}T02:00:00.000Z`;
  const one = (vm: string, day: string, over: Partial<FailedBackup> = {}): FailedBackup => {
    return { item: vm, vm, at: began(day), goodAt: null, half: true, ...over };
  };
  const failures = [
    one('vm-a', '20'),
    one('vm-a', '21', { goodAt: '2026-11-21T05:00:00.000Z' }),
    one('vm-a', '22'),
    { item: 'vm-a', vm: 'vm-a', at: began('22'), goodAt: null },
    one('vm-b', '22'),
    one('vm-a', '23'),
  ];
  const good = ['20', '21'].map((day) => Date.parse(began(day)) / quarterMs);
  const book = bookOf({ failures, good, silent: [{ vault: 'rsv', since: '2026-11-23T13:00:00Z' }] });
  const nights = nightsOf(book, { now: new Date('2026-11-24T08:00:00Z'), timeZone: 'UTC' });
  expect(nights.slice(-5)).toEqual([
    { day: '2026-11-20', state: 'half', failed: [], half: ['vm-a'] },
    { day: '2026-11-21', state: 'good', failed: [], half: [] },
    { day: '2026-11-22', state: 'failed', failed: ['vm-a'], half: ['vm-b'] },
    { day: '2026-11-23', state: 'half', failed: [], half: ['vm-a'] },
    { day: '2026-11-24', state: 'unknown', failed: [], half: [] },
  ]);
});

test('what wasn’t read is unknown: before the oldest failure that was read, and since a vault stopped answering', () => {
  const failures = [{ item: 'a', vm: 'vm-a', at: '2026-11-20T02:00:00.000Z', goodAt: null }];
  const good = ['10', '22', '25'].map((day) => Date.parse(`2026-11-${day}T02:00:00Z`) / quarterMs);
  const states = (over: Partial<BackupBook>) => {
    const here = { now: new Date('2026-11-27T08:00:00Z'), timeZone: 'UTC' };
    const nights = nightsOf(bookOf({ failures, good, ...over }), here);
    return ['10', '20', '22', '25', '26'].map((day) => nights.find((night) => night.day === `2026-11-${day}`)?.state);
  };
  const silent = (since: string | null) => [
    { vault: 'rsv-b', since },
    { vault: 'rsv-c', since: '2026-11-27T01:00:00Z' },
  ];
  expect(states({})).toEqual(['good', 'failed', 'good', 'good', 'none']);
  expect(states({ isCut: true })).toEqual(['unknown', 'failed', 'good', 'good', 'none']);
  expect(states({ since: '2026-11-22T02:00:00Z' })).toEqual(['unknown', 'failed', 'good', 'good', 'none']);
  expect(states({ since: null, failures: [] })).toEqual(Array.from({ length: 5 }, () => 'unknown'));
  expect(states({ silent: silent('2026-11-24T13:00:00Z') })).toEqual(['good', 'failed', 'good', 'unknown', 'unknown']);
  expect(states({ silent: silent(null) })).toEqual(['unknown', 'failed', 'unknown', 'unknown', 'unknown']);
});
