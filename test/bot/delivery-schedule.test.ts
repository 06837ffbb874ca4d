import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Deps } from '../../src/bot/deps.ts';
import { defaultLeases } from '../../src/bot/leases.ts';
import { deliverWorker } from '../../src/bot/work/deliver.ts';
import { deliverySchedule } from '../../src/bot/work/delivery-schedule.ts';
import type { Wake } from '../../src/jobs/wake.ts';
import { seeConversation } from '../../src/store/conversations.ts';
import { enqueueMessage } from '../../src/store/messages.ts';
import { sampleConversation } from '../store/sample-rows.ts';
import { describeOnBoth } from '../support/databases.ts';

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

test('an earlier visit is planned again, and so is what follows the visit', () => {
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

test('past visits are forgotten, so that they take no space', () => {
  const { clock, visits } = visitsAt(0);
  for (let n = 0; n < 5000; n++) {
    clock.now = n * 10;
    expect(visits.plan(`conversation ${n}`, 2000)).toBe(true);
  }
  clock.now += 100;
  expect(visits.plan('conversation 4990', 1800)).toBe(false);
});

describeOnBoth('a conversation of a platform that is configured no more', (testDatabase) => {
  test('is not visited, whoever wakes it; what is pending there is kept', async () => {
    const { database } = testDatabase();
    const { db } = database;
    await seeConversation(db, sampleConversation());
    await enqueueMessage(db, { id: randomUUID(), conversationId: 'conversation', desired: {} });
    const wakes: Wake[] = [];
    const queue: Deps['queue'] = {
      send: (_, more) => {
        wakes.push(...more);
        return Promise.resolve(() => {});
      },
    };
    const deliver = deliverWorker({ database, queue, leases: defaultLeases, senders: {}, editGapMs: 0 } as Deps);
    for (let time = 0; time < 3; time++) await deliver('conversation', new AbortController().signal);
    expect(wakes).toEqual([{ to: 'deliver', id: 'conversation', inMs: expect.any(Number) }]);
    expect(wakes[0]!.inMs).toBeGreaterThanOrEqual(1000);
    const { fence } = await db.selectFrom('conversation').select('fence').executeTakeFirstOrThrow();
    expect(fence).toBe(1);
    expect(await db.selectFrom('message').select('ended').execute()).toEqual([{ ended: null }]);
  });
});
