import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isEndless } from '../../src/alerts/looks/endless.ts';
import { missedRuns } from '../../src/alerts/looks/schedules.ts';
import type { JobFacts, PolicyFacts } from '../../src/azure/gateway.ts';
import { runsBetween } from '../../src/readiness/next-run.ts';

const hour = 3_600_000;
const day = 24 * hour;

const policy = (schedule: PolicyFacts['schedule'], timeZone: string): PolicyFacts => ({
  ...{ id: '/p', name: 'p', kind: 'Enhanced', timeZone, schedule, protectedItems: 1, crashConsistentOnly: false },
  ...{ daily: null, weekly: null, monthly: null, yearly: null, snapshotDays: null, restorePointGroup: null },
});

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${minutes}`);
const schedule = fc.oneof(
  time.map((at) => ({ frequency: 'Daily' as const, times: [at] })),
  fc.tuple(time, fc.constantFrom('Sunday', 'Wednesday')).map(([at, weekday]) => ({
    ...{ frequency: 'Weekly' as const, times: [at], days: [weekday] },
  })),
  fc.tuple(time, fc.constantFrom(4, 6, 8, 12), fc.constantFrom(4, 12, 24)).map(([at, everyHours, windowHours]) => ({
    ...{ frequency: 'Hourly' as const, everyHours, windowStart: at, windowHours },
  })),
);
/** In Europe, in America, in the southern hemisphere, with a half-hour change, and without summer time. */
const zone = fc.constantFrom(
  'W. Europe Standard Time',
  'Pacific Standard Time',
  'AUS Eastern Standard Time',
  'Lord Howe Standard Time',
  'UTC',
);
const policies = fc.tuple(schedule, zone).map((made) => policy(...made));
/** Around both clock changes, in both hemispheres, and between them. */
const moment = fc
  .tuple(
    fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-07-01'),
    fc.integer(),
  )
  .map(([around, off]) => new Date(Date.parse(around) + (off % (3 * day))));

const long = new Date('2025-01-01');

describe('scheduled backups that did not begin', () => {
  test('a run that began within two hours of its time, or an hour off because of a clock change, is never missed', () => {
    fc.assert(
      fc.property(policies, moment, fc.integer({ min: -60, max: 180 }), (made, until, minutes) => {
        const due = runsBetween(made, new Date(until.getTime() - 9 * day), until) ?? [];
        // Each run began this many minutes after its time; runs that haven't begun aren't known yet.
        const begun = due.map((run) => new Date(run.getTime() + minutes * 60_000)).filter((at) => at <= until);
        const newest = begun.at(-1) ?? null;
        if (newest === null) return;
        expect(missedRuns({ policy: made, newest, since: long, until })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('a run is missed if nothing has begun three hours after its time, whatever the clocks do', () => {
    fc.assert(
      fc.property(policies, moment, (made, until) => {
        const due = runsBetween(made, new Date(until.getTime() - 8 * day), new Date(until.getTime() - 3 * hour)) ?? [];
        const last = due.at(-1);
        if (!last) return;
        const newest = new Date(last.getTime() - hour - 1);
        expect(missedRuns({ policy: made, newest, since: long, until })).toContainEqual(last);
      }),
      { numRuns: 400 },
    );
  });

  test('nothing is missed before its time is over, before its schedule applied, or on the first day', () => {
    fc.assert(
      fc.property(policies, moment, fc.integer({ min: 0, max: 24 * 60 - 1 }), (made, until, minutes) => {
        const since = new Date(until.getTime() - minutes * 60_000);
        expect(missedRuns({ policy: made, newest: null, since, until })).toEqual([]);
        const missed = missedRuns({ policy: made, newest: long, since, until }) ?? [];
        for (const run of missed) {
          expect(run > since).toBe(true);
          expect(until.getTime() - run.getTime()).toBeGreaterThanOrEqual(3 * hour);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('nothing is said about an unknown schedule or time zone', () => {
    const until = new Date('2026-07-01');
    const unknown = [policy({ frequency: 'Unknown' }, 'UTC'), policy({ frequency: 'Daily', times: ['01:00'] }, 'Moon')];
    for (const one of unknown) {
      expect(missedRuns({ policy: one, newest: null, since: long, until })).toBeNull();
      expect(missedRuns({ policy: one, newest: null, since: until, until })).toBeNull();
    }
  });
});

type Told = { is: string; hours: number; longest?: number; expected: boolean; operation?: string; status?: string };
const jobs: Told[] = [
  { is: 'a backup after a day', hours: 25, longest: hour, expected: true },
  { is: 'a backup within a day', hours: 23, longest: hour, expected: false },
  { is: 'a backup of which the longest took nine hours', hours: 35, longest: 9 * hour, expected: false },
  { is: 'a first backup after two days', hours: 50, expected: false },
  { is: 'a first backup after three days', hours: 73, expected: true },
  { is: 'a restore after two days', hours: 49, expected: true, operation: 'Restore' },
  { is: 'a restore within two days', hours: 47, expected: false, operation: 'Restore' },
  { is: 'one that has ended', hours: 99, expected: false, status: 'Completed' },
  { is: 'one of a status that nobody knows', hours: 99, expected: false, status: 'Dreaming' },
];

test.each(jobs)('$is: does it not end?', ({ hours, longest, expected, ...told }) => {
  const now = new Date('2026-07-01');
  const startTime = new Date(now.getTime() - hours * hour);
  const job = { operation: 'Backup', status: 'InProgress', startTime, ...told } as unknown as JobFacts;
  expect(isEndless(job, longest ?? null, now)).toBe(expected);
});
