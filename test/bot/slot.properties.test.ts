/** A daily post is made once a day, whatever summer time does to it and however often it is checked. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dueSlot } from '../../src/bot/scheduled/slot.ts';
import { weekdays } from '../../src/core/schedule.ts';

const hourMs = 3_600_000;
type Slot = NonNullable<ReturnType<typeof dueSlot>>;
/** Time zones whose clocks change at different hours, by an hour, by half an hour, at midnight, and never. */
const timeZone = fc.constantFrom(
  'UTC',
  'Europe/Amsterdam',
  'America/New_York',
  'America/Santiago',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 10, 20, 30, 40, 50))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
/** Days around the clock changes of 2027, and other days. */
const start = fc
  .oneof(
    fc.constantFrom('2027-03-13', '2027-03-27', '2027-04-03', '2027-09-04', '2027-10-02', '2027-10-30', '2027-11-06'),
    fc.constantFrom('2026-12-31', '2028-02-28'),
  )
  .map((day) => new Date(`${day}T00:00:00Z`));

function localOf(at: Date, zone: string): { day: string; time: string } {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  const [day = '', clock = ''] = text.split(' ');
  return { day, time: clock };
}

const since = new Date('2026-01-01T00:00:00Z');

describe('over three days, checked every ten minutes', () => {
  const made = (schedule: Parameters<typeof dueSlot>[0], zone: string, from: Date) => {
    const slots: { slot: Slot; now: Date }[] = [];
    let madeFor: string | null = null;
    for (let ms = 0; ms < 72 * hourMs; ms += 600_000) {
      const now = new Date(from.getTime() + ms);
      const slot = dueSlot(schedule, { since, madeFor }, { now, timeZone: zone });
      if (slot) {
        slots.push({ slot, now });
        madeFor = slot.day;
      }
    }
    return slots;
  };

  test('it is made once per local day, at its time, or an hour later if the clocks skip that', () => {
    fc.assert(
      fc.property(timeZone, time, start, (zone, at, from) => {
        const slots = made({ days: weekdays, time: at }, zone, from);
        const days = slots.map(({ slot }) => slot.day);
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBeGreaterThanOrEqual(3);
        for (const { slot, now } of slots.slice(1)) {
          expect(localOf(now, zone).day).toBe(slot.day);
          const shown = localOf(slot.at, zone);
          const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
          expect(shown.day).toBe(slot.day);
          expect([0, 30, 60]).toContain(minutes(shown.time) - minutes(at));
          expect(now.getTime() - slot.at.getTime()).toBeLessThan(600_000);
        }
      }),
      // There, midnight itself is skipped.
      { examples: [['America/Santiago', '00:00', new Date('2027-09-04T00:00:00Z')]] },
    );
  });

  test('on no other days than its own', () => {
    fc.assert(
      fc.property(timeZone, start, fc.record({ time, days: fc.subarray([...weekdays]) }), (zone, from, schedule) => {
        const { days } = schedule;
        for (const { slot } of made(schedule, zone, from)) {
          const name = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
          expect(days).toContain(name.format(new Date(`${slot.day}T12:00:00Z`)).toLowerCase());
        }
      }),
    );
  });
});

test('what passed before a channel subscribed isn’t made; what was missed is made up on the same day only', () => {
  const schedule = { days: weekdays, time: '08:30' };
  const at = (now: string, known: { since?: string; madeFor?: string | null } = {}) =>
    dueSlot(
      schedule,
      { since: new Date(known.since ?? since), madeFor: known.madeFor ?? null },
      { now: new Date(now), timeZone: 'Europe/Amsterdam' },
    );
  expect(at('2026-11-27T07:29:59Z')).toBeNull();
  expect(at('2026-11-27T07:30:00Z')?.day).toBe('2026-11-27');
  expect(at('2026-11-27T22:59:00Z')?.at).toEqual(new Date('2026-11-27T07:30:00Z'));
  expect(at('2026-11-27T23:01:00Z')).toBeNull();
  expect(at('2026-11-27T09:00:00Z', { since: '2026-11-27T08:00:00Z' })).toBeNull();
  expect(at('2026-11-27T09:00:00Z', { madeFor: '2026-11-27' })).toBeNull();
  // The clock was set back: what was already made for tomorrow isn't made again for today.
  expect(at('2026-11-27T09:00:00Z', { madeFor: '2026-11-28' })).toBeNull();
});
