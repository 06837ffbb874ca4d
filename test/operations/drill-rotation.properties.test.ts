import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { weekdays } from '../../src/core/schedule.ts';
import { dayIn, daysUntil, wallTime } from '../../src/message/wall-time.ts';
import { nextTurn, turnsNow, type Turn } from '../../src/operations/drill/drill/rotation.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

const zones = fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
/** Around both clock changes in both hemispheres. */
const begins = fc.constantFrom('2026-03-06', '2026-03-27', '2026-10-02', '2026-10-23').map((text) => new Date(text));
const times = fc.record({
  days: fc.integer({ min: 1, max: 12 }),
  atOnce: fc.integer({ min: 1, max: 3 }),
  starts: fc.record({
    days: fc.subarray([...weekdays], { minLength: 1 }),
    time: fc.constantFrom('00:00', '02:30', '09:00', '23:10'),
  }),
});

const timeOf = ({ last }: Turn) => last?.getTime() ?? 0;

type Runs = { readonly turn: Turn; readonly endsAt: number };

test('the VM that has waited longest is first, none comes twice before each came once, never more at once than allowed', () => {
  fc.assert(
    fc.property(
      fc.record({ times, timeZone: zones, begin: begins, vms: fc.integer({ min: 1, max: 7 }), seed: fc.nat() }),
      ({ times: entry, timeZone, begin, vms, seed }) => {
        const turns: Turn[] = Array.from({ length: vms }, (_, at) => ({
          ...{ id: `vm-${at}`, name: `vm-${at}`, last: null, triedOn: null },
        }));
        let running: Runs[] = [];
        const lastDays = new Map<string, string>();
        for (let at = begin.getTime(), tick = 0; tick < 30 * 24; at += hour + 7 * minute, tick += 1) {
          for (const { turn, endsAt } of running.filter((one) => one.endsAt <= at)) {
            turns[turns.findIndex(({ id }) => id === turn.id)] = { ...turn, last: new Date(endsAt) };
          }
          running = running.filter((one) => one.endsAt > at);
          const here = { now: new Date(at), timeZone };
          const started = turnsNow(entry, { turns, running: running.map(({ turn }) => turn), here });
          expect(running.length + started.length).toBeLessThanOrEqual(Math.max(entry.atOnce, running.length));
          const busy = new Set([...running.map(({ turn }) => turn.id), ...started]);
          const idle = turns.filter(({ id }) => !busy.has(id));
          for (const id of started) {
            expect(wallTime({ time: entry.starts.time, timeZone, now: here.now }) <= here.now).toBe(true);
            expect(entry.starts.days.some((one) => daysUntil(one, timeZone, here.now) === 0)).toBe(true);
            const before = lastDays.get(id);
            const today = dayIn(here.now, timeZone);
            if (before) expect(Date.parse(today) - Date.parse(before)).toBeGreaterThanOrEqual(entry.days * day);
            const turn = turns.find((one) => one.id === id)!;
            // Since its last drill every other VM has had one, or has one now.
            for (const other of idle) expect(timeOf(other)).toBeGreaterThanOrEqual(timeOf(turn));
            const endsAt = at + (20 + ((seed + tick * 37) % 400)) * minute;
            lastDays.set(id, dayIn(new Date(endsAt), timeZone));
            running.push({ turn, endsAt });
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('the announced next start is the first possible one', () => {
  fc.assert(
    fc.property(
      fc.record({ times, timeZone: zones, begin: begins, ago: fc.integer({ min: 0, max: 14 * 24 * 60 }) }),
      ({ times: entry, timeZone, begin, ago }) => {
        const turn: Turn = { id: 'a', name: 'a', last: new Date(begin.getTime() - ago * minute), triedOn: null };
        const isTurn = (now: Date) =>
          turnsNow(entry, { turns: [turn], running: [], here: { now, timeZone } }).length === 1;
        const next = nextTurn(entry, turn, { now: begin, timeZone });
        expect(isTurn(next)).toBe(true);
        if (next.getTime() > begin.getTime()) expect(isTurn(new Date(next.getTime() - minute))).toBe(false);
        for (let at = begin.getTime(); at < next.getTime(); at += 6 * hour) expect(isTurn(new Date(at))).toBe(false);
      },
    ),
  );
});

test('a VM whose drill couldn’t start today is skipped until tomorrow; two with the same name never run at once', () => {
  const entry = { days: 1, atOnce: 2, starts: { days: weekdays, time: '00:00' } };
  const here = { now: new Date('2026-06-01T10:00:00Z'), timeZone: 'UTC' };
  const turn = (id: string, more: Partial<Turn> = {}): Turn => ({ id, name: id, last: null, triedOn: null, ...more });
  const turns = [turn('a', { triedOn: '2026-06-01' }), turn('b'), turn('c', { name: 'B' }), turn('d')];
  expect(turnsNow(entry, { turns, running: [], here })).toEqual(['b', 'd']);
  expect(turnsNow(entry, { turns, running: [turn('x', { name: 'b' })], here })).toEqual(['d']);
  const tomorrow = { ...here, now: new Date('2026-06-02T00:00:00Z') };
  expect(turnsNow(entry, { turns, running: [], here: tomorrow })).toEqual(['a', 'b']);
});
