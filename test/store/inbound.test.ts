import { expect, test } from '@jest/globals';
import { answerOf, forgetInbound, keepAnswer, takeInbound } from '../../src/store/inbound.ts';
import { describeOnBoth } from '../support/databases.ts';

describeOnBoth('inbound', (ground) => {
  const db = () => ground().database.db;

  test('an event is taken once; its repeat is told the answer of the first', async () => {
    expect(await answerOf(db(), 'k')).toBeUndefined();
    expect(await takeInbound(db(), 'k')).toBe(true);
    expect(await answerOf(db(), 'k')).toBeNull();
    await keepAnswer(db(), 'k', { card: ['a', 1] });
    expect(await takeInbound(db(), 'k')).toBe(false);
    expect(await answerOf(db(), 'k')).toEqual({ card: ['a', 1] });
  });

  test('of many takers at once exactly one takes it', async () => {
    const other = await ground().second();
    const takers = Array.from({ length: 12 }, (_, i) => takeInbound(i % 2 ? other.db : db(), 'crowd'));
    expect((await Promise.all(takers)).filter((taken) => taken)).toHaveLength(1);
    await other.close();
  });

  test('a taker whose transaction rolls back leaves the event to the next', async () => {
    const crash = db()
      .transaction()
      .execute(async (trx) => {
        expect(await takeInbound(trx, 'k')).toBe(true);
        throw new Error('crash');
      });
    await expect(crash).rejects.toThrow('crash');
    expect(await takeInbound(db(), 'k')).toBe(true);
  });

  test('only keys from before the given time are forgotten', async () => {
    await takeInbound(db(), 'old');
    const { at } = await db().selectFrom('inbound').select('at').where('key', '=', 'old').executeTakeFirstOrThrow();
    await forgetInbound(db(), at);
    expect(await answerOf(db(), 'old')).toBeNull();
    await forgetInbound(db(), new Date(at.getTime() + 1000));
    expect(await answerOf(db(), 'old')).toBeUndefined();
  });
});
