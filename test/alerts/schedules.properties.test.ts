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
/** In Europe, in America, on the southern half, by half an hour, and without summer time. */
const zone = fc.constantFrom(
  'W. Europe Standard Time',
  'Pacific Standard Time',
  'AUS Eastern Standard Time',
  'Lord Howe Standard Time',
  'UTC',
);
const policies = fc.tuple(schedule, zone).map((made) => policy(...made));
/** Around both changes of the clocks, in both hemispheres, and between them. */
const moment = fc
  .tuple(
    fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-07-01'),
    fc.integer(),
  )
  .map(([around, off]) => new Date(Date.parse(around) + (off % (3 * day))));

const long = new Date('2025-01-01');

describe('scheduled backups that did not begin', () => {
  test('a run that began within two hours of its time, or an hour early or late by the clocks, is never missed', () => {
    fc.assert(
      fc.property(policies, moment, fc.integer({ min: -60, max: 180 }), (made, until, minutes) => {
        const due = runsBetween(made, new Date(until.getTime() - 9 * day), until) ?? [];
        // Each run began so many minutes after its time; what is still to begin is not known yet.
        const begun = due.map((run) => new Date(run.getTime() + minutes * 60_000)).filter((at) => at <= until);
        const newest = begun.at(-1) ?? null;
        if (newest === null) return;
        expect(missedRuns({ policy: made, newest, since: long, until })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('a run three hours after whose time nothing has begun is missed, whatever the clocks do', () => {
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

  test('nothing is missed before its time is over, before its schedule counted, or on the first day', () => {
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

  test('of a schedule or a time zone that is not understood nothing is said', () => {
    const until = new Date('2026-07-01');
    const unknown = [policy({ frequency: 'Unknown' }, 'UTC'), policy({ frequency: 'Daily', times: ['01:00'] }, 'Moon')];
    for (const one of unknown) {
      expect(missedRuns({ policy: one, newest: null, since: long, until })).toBeNull();
      expect(missedRuns({ policy: one, newest: null, since: until, until })).toBeNull();
    }
  });
});

test.each([
  ['a backup after a day', { operation: 'Backup', hours: 25 }, hour, true],
  ['a backup within a day', { operation: 'Backup', hours: 23 }, hour, false],
  [
    'a backup that always takes nine hours, within four times that',
    { operation: 'Backup', hours: 35 },
    9 * hour,
    false,
  ],
  ['a first backup after two days', { operation: 'Backup', hours: 50 }, null, false],
  ['a first backup after three days', { operation: 'Backup', hours: 73 }, null, true],
  ['a restore after two days', { operation: 'Restore', hours: 49 }, null, true],
  ['a restore within two days', { operation: 'Restore', hours: 47 }, null, false],
  ['one that has ended', { operation: 'Backup', hours: 99, status: 'Completed' }, hour, false],
  ['one of a status that nobody knows', { operation: 'Backup', hours: 99, status: 'Dreaming' }, hour, false],
])('%s: does it not end?', (_name, { operation, hours, status = 'InProgress' }: Told, longest, expected) => {
  const now = new Date('2026-07-01');
  const job = { operation, status, startTime: new Date(now.getTime() - hours * hour) } as JobFacts;
  expect(isEndless(job, longest, now)).toBe(expected);
});

type Told = { operation: string; hours: number; status?: string };
