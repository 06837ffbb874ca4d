import { expect, test } from '@jest/globals';
import { deliverySchedule } from '../../src/bot/work/delivery-schedule.ts';

function visitsAt(start: number) {
  const clock = { now: start };
  return { clock, visits: deliverySchedule(() => clock.now) };
}

test('one visit is enough for all that comes before it', () => {
  const { clock, visits } = visitsAt(0);
  expect(visits.plan('a', 2000)).toBe(true);
  clock.now = 500;
  expect(visits.plan('a', 1500)).toBe(false);
  expect(visits.plan('b', 1500)).toBe(true);
});

test('what must be visited sooner is planned anew, and so is what comes after the visit', () => {
  const { clock, visits } = visitsAt(0);
  expect(visits.plan('a', 2000)).toBe(true);
  expect(visits.plan('a', 500)).toBe(true);
  clock.now = 501;
  expect(visits.plan('a', 2000)).toBe(true);
});

test('a visit that comes a little early can plan itself again', () => {
  const { clock, visits } = visitsAt(0);
  expect(visits.plan('a', 2000)).toBe(true);
  clock.now = 1990;
  expect(visits.plan('a', 10)).toBe(true);
});

test('what is past is forgotten, so that it takes no more room', () => {
  const { clock, visits } = visitsAt(0);
  for (let n = 0; n < 5000; n++) {
    clock.now = n * 10;
    expect(visits.plan(`conversation ${n}`, 2000)).toBe(true);
  }
  clock.now += 100;
  expect(visits.plan('conversation 4990', 1800)).toBe(false);
});
