import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { answerOf, forgetInbound, isRepeat, keepAnswer, takeInbound } from '../../src/store/inbound.ts';
import { takeKey } from './sample-rows.ts';
import { describeOnBoth } from '../support/databases.ts';

describeOnBoth('inbound', (testDatabase) => {
  const db = () => testDatabase().database.db;

  test('an event is claimed once; its repeat gets the answer to the first', async () => {
    expect(await answerOf(db(), 'k')).toBeUndefined();
    expect(await takeKey(db(), 'k')).toBe(true);
    expect(await answerOf(db(), 'k')).toBeNull();
    await keepAnswer(db(), 'k', { card: ['a', 1] });
    expect(await takeKey(db(), 'k')).toBe(false);
    expect(await answerOf(db(), 'k')).toEqual({ card: ['a', 1] });
  });

  test('of many concurrent claims exactly one succeeds', async () => {
    const other = await testDatabase().second();
    const takers = Array.from({ length: 12 }, (_, i) => takeKey(i % 2 ? other.db : db(), 'crowd'));
    expect((await Promise.all(takers)).filter((taken) => taken)).toHaveLength(1);
    await other.close();
  });

  test('a claim whose transaction rolls back leaves the event to the next', async () => {
    const crash = db()
      .transaction()
      .execute(async (trx) => {
        expect(await takeKey(trx, 'k')).toBe(true);
        throw new Error('crash');
      });
    await expect(crash).rejects.toThrow('crash');
    expect(await takeKey(db(), 'k')).toBe(true);
  });

  test('a transaction that claims an event again does nothing, and fails with a reason', async () => {
    await takeKey(db(), 'k');
    const again = db()
      .transaction()
      .execute(async (trx) => {
        await takeInbound(trx, 'k');
        await takeInbound(trx, 'with it');
      });
    expect(await again.then(() => null, isRepeat)).toBe(true);
    expect(await answerOf(db(), 'with it')).toBeUndefined();
    const other = db()
      .transaction()
      .execute((trx) => sql`select 1 / 0`.execute(trx));
    expect(await other.then(() => null, isRepeat)).toBe(false);
  });

  test('only keys older than the given days are deleted', async () => {
    for (const key of ['old', 'new']) await takeKey(db(), key);
    const hours = (count: number) => sql<Date>`now() - ${count} * interval '1 hour'`;
    await db()
      .updateTable('inbound')
      .set({ at: hours(49) })
      .where('key', '=', 'old')
      .execute();
    await db()
      .updateTable('inbound')
      .set({ at: hours(47) })
      .where('key', '=', 'new')
      .execute();
    await forgetInbound(db(), { days: 2, limit: 100 });
    expect(await answerOf(db(), 'old')).toBeUndefined();
    expect(await answerOf(db(), 'new')).toBeNull();
  });
});
