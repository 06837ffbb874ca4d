import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PolicyFacts } from '../../src/azure/gateway.ts';
import { nextRun, plannedRun, runsBetween } from '../../src/readiness/next-run.ts';

function policy(schedule: PolicyFacts['schedule'], timeZone = 'UTC'): PolicyFacts {
  return {
    id: '/p',
    name: 'p',
    kind: 'Standard',
    timeZone,
    schedule,
    daily: null,
    weekly: null,
    monthly: null,
    yearly: null,
    snapshotDays: null,
    crashConsistentOnly: false,
    restorePointGroup: null,
    protectedItems: 0,
  };
}
const at = (iso: string) => new Date(iso);
const next = (facts: PolicyFacts, now: string) => nextRun(facts, at(now))?.toISOString() ?? null;

describe('the next run of a policy', () => {
  test.each([
    ['2026-11-24T22:59:00Z', '2026-11-24T23:00:00.000Z'],
    ['2026-11-24T23:00:00Z', '2026-11-25T23:00:00.000Z'],
    // The night of the change to winter time: midnight is an hour later in UTC from then on.
    ['2026-10-24T23:00:00Z', '2026-10-25T23:00:00.000Z'],
    ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00.000Z'],
  ])('daily at midnight in Amsterdam, after %s', (now, expected) => {
    expect(next(policy({ frequency: 'Daily', times: ['00:00'] }, 'W. Europe Standard Time'), now)).toBe(expected);
  });

  test('a time that the change to summer time skips is the instant after the gap', () => {
    const facts = policy({ frequency: 'Daily', times: ['02:30'] }, 'W. Europe Standard Time');
    expect(next(facts, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
  });

  test('a time that occurs twice runs once', () => {
    const facts = policy({ frequency: 'Daily', times: ['02:30'] }, 'W. Europe Standard Time');
    expect(runsBetween(facts, at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'))).toHaveLength(1);
  });

  test('weekly: the day is in the policy’s time zone, and today’s past time means next week', () => {
    const facts = policy({ frequency: 'Weekly', times: ['03:00'], days: ['Sunday'] }, 'Tokyo Standard Time');
    expect(next(facts, '2026-11-24T12:00:00Z')).toBe('2026-11-28T18:00:00.000Z');
    expect(next(facts, '2026-11-28T18:00:00Z')).toBe('2026-12-05T18:00:00.000Z');
  });

  test('hourly: within its window, the end of the window included', () => {
    const facts = policy({ frequency: 'Hourly', everyHours: 4, windowStart: '08:00', windowHours: 12 });
    const runs = runsBetween(facts, at('2026-11-24T00:00:00Z'), at('2026-11-25T00:00:00Z'));
    expect(runs?.map((run) => run.getUTCHours())).toEqual([8, 12, 16, 20]);
    expect(next(facts, '2026-11-24T21:00:00Z')).toBe('2026-11-25T08:00:00.000Z');
  });

  test('hourly: a window over midnight continues on the next day', () => {
    const facts = policy({ frequency: 'Hourly', everyHours: 6, windowStart: '20:00', windowHours: 12 });
    expect(next(facts, '2026-11-24T21:00:00Z')).toBe('2026-11-25T02:00:00.000Z');
  });

  test('an unknown time zone or schedule has no next run', () => {
    expect(
      next(policy({ frequency: 'Daily', times: ['00:00'] }, 'Mars Standard Time'), '2026-11-24T00:00:00Z'),
    ).toBeNull();
    expect(next(policy({ frequency: 'Unknown' }), '2026-11-24T00:00:00Z')).toBeNull();
    expect(next(policy({ frequency: 'Daily', times: ['soon'] }), '2026-11-24T00:00:00Z')).toBeNull();
  });

  test('for any daily time, time zone and moment: later than now, at most 25 hours away', () => {
    const zones = [
      'UTC',
      'W. Europe Standard Time',
      'Eastern Standard Time',
      'India Standard Time',
      'Lord Howe Standard Time',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })),
        fc.date({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z'), noInvalidDate: true }),
        (zone, [hours, minutes], now) => {
          const time = `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
          const run = nextRun(policy({ frequency: 'Daily', times: [time] }, zone), now);
          const distance = (run?.getTime() ?? 0) - now.getTime();
          expect(distance).toBeGreaterThan(0);
          expect(distance).toBeLessThanOrEqual(25 * 3_600_000);
        },
      ),
    );
  });

  test('a run in the week after the clocks change says so, as Azure does not promise to follow them', () => {
    const amsterdam = policy({ frequency: 'Daily', times: ['00:00'] }, 'W. Europe Standard Time');
    const told = (now: string) => plannedRun(amsterdam, at(now)).afterClockChange;
    expect(told('2026-10-23T12:00:00Z')).toBe(false);
    expect(told('2026-10-25T12:00:00Z')).toBe(true);
    expect(told('2026-10-30T12:00:00Z')).toBe(true);
    expect(told('2026-11-02T12:00:00Z')).toBe(false);
    // A weekly run that is after the change is asked about before it.
    const weekly = policy({ frequency: 'Weekly', times: ['03:00'], days: ['Monday'] }, 'W. Europe Standard Time');
    expect(plannedRun(weekly, at('2026-10-24T12:00:00Z')).afterClockChange).toBe(true);
    expect(plannedRun(policy({ frequency: 'Unknown' }), at('2026-10-25T12:00:00Z'))).toEqual({
      nextRun: null,
      afterClockChange: false,
    });
  });

  test('for any time zone and run: said exactly if the name of the offset changed within the week before', () => {
    const zones = {
      UTC: 'UTC',
      'India Standard Time': 'Asia/Kolkata',
      'Tokyo Standard Time': 'Asia/Tokyo',
      'W. Europe Standard Time': 'Europe/Berlin',
      'Eastern Standard Time': 'America/New_York',
      'Lord Howe Standard Time': 'Australia/Lord_Howe',
      'AUS Eastern Standard Time': 'Australia/Sydney',
    } as const;
    const summer = (zone: string) => /Europe|Eastern|Howe/.test(zone);
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(zones) as (keyof typeof zones)[])),
        fc.date({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z'), noInvalidDate: true }),
        (zone, now) => {
          const daily = policy({ frequency: 'Daily', times: ['02:30'] }, zone);
          const { nextRun: planned, afterClockChange } = plannedRun(daily, now);
          const run = at(planned!);
          const named = new Intl.DateTimeFormat('en', { timeZone: zones[zone], timeZoneName: 'longOffset' });
          const offsetOf = (time: number) =>
            named.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value;
          const hours = Array.from({ length: 7 * 24 + 1 }, (_, back) => offsetOf(run.getTime() - back * 3_600_000));
          const changed = new Set(hours).size > 1;
          expect(afterClockChange).toBe(changed);
          expect(changed && !summer(zone)).toBe(false);
        },
      ),
    );
  });
});
