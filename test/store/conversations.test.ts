import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { releaseLease, renewLease } from '../../src/store/lease.ts';
import { blockConversation, claimDelivery, conversationById, seeConversation } from '../../src/store/conversations.ts';
import { describeOnBoth } from '../support/databases.ts';
import { pass, sampleConversation } from './sample-rows.ts';

describeOnBoth('conversations', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const seen = sampleConversation();
  const leaseEnds = () => pass(db(), 60_001, { table: 'conversation', column: 'held_until', id: seen.id });

  test('a conversation is read back as it was seen last; parts of its address that aren’t repeated stay', async () => {
    expect(await conversationById(db(), seen.id)).toBeNull();
    await seeConversation(db(), seen);
    expect(await conversationById(db(), seen.id)).toEqual(seen);
    const moved = { ...seen, address: { serviceUrl: 'https://other.test/' }, locale: 'nl' as const, channel: null };
    await seeConversation(db(), moved);
    const address = { ...(seen.address as object), ...moved.address };
    expect(await conversationById(db(), seen.id)).toEqual({ ...moved, address });
  });

  test('where every message begins a thread, what is known is neither written nor waited for; elsewhere one waits for the other', async () => {
    const opening = { ...seen, opensThread: true };
    const writtenBy = async () =>
      (
        await db()
          .selectFrom('conversation')
          .select(sql<string>`xmin::text`.as('by'))
          .executeTakeFirstOrThrow()
      ).by;
    await seeConversation(db(), opening);
    const first = await writtenBy();
    await seeConversation(db(), opening);
    expect(await writtenBy()).toBe(first);
    await seeConversation(db(), seen);
    expect(await writtenBy()).not.toBe(first);
    await pass(db(), 3_600_001, { table: 'conversation', column: 'seen_at', id: seen.id });
    const second = await writtenBy();
    await seeConversation(db(), opening);
    expect(await writtenBy()).not.toBe(second);
  });

  test('one deliverer at a time; a claim ends when it is released or expires', async () => {
    await seeConversation(db(), seen);
    const first = await claimDelivery(db(), seen.id, 60_000);
    expect(await claimDelivery(db(), seen.id, 60_000)).toBeNull();
    expect(await releaseLease(db(), 'conversation', { key: seen.id, fence: first!.fence })).toBe(true);
    expect(await renewLease(db(), 'conversation', { key: seen.id, fence: first!.fence, forMs: 60_000 })).toBe(false);
    const second = await claimDelivery(db(), seen.id, 60_000);
    expect(second!.fence).toBeGreaterThan(first!.fence);
    await leaseEnds();
    expect((await claimDelivery(db(), seen.id, 60_000))!.fence).toBeGreaterThan(second!.fence);
  });

  test('a released claim is free at once', async () => {
    await seeConversation(db(), seen);
    // All statements of a transaction see the same time, like two statements on a fast machine.
    await db()
      .transaction()
      .execute(async (trx) => {
        const first = await claimDelivery(trx, seen.id, 60_000);
        expect(await releaseLease(trx, 'conversation', { key: seen.id, fence: first!.fence })).toBe(true);
        expect(await claimDelivery(trx, seen.id, 60_000)).toEqual({ ...first, fence: first!.fence + 1 });
      });
  });

  test('a lost claim can’t be prolonged, and its holder can’t end the next one', async () => {
    await seeConversation(db(), seen);
    const lost = await claimDelivery(db(), seen.id, 60_000);
    await leaseEnds();
    await claimDelivery(db(), seen.id, 60_000);
    expect(await renewLease(db(), 'conversation', { key: seen.id, fence: lost!.fence, forMs: 60_000 })).toBe(false);
    expect(await releaseLease(db(), 'conversation', { key: seen.id, fence: lost!.fence })).toBe(false);
    expect(await claimDelivery(db(), seen.id, 60_000)).toBeNull();
  });

  test('of many concurrent claims exactly one succeeds', async () => {
    await seeConversation(db(), seen);
    const other = await testDatabase().second();
    const claims = Array.from({ length: 10 }, (_, i) => claimDelivery(i % 2 ? other.db : db(), seen.id, 60_000));
    expect((await Promise.all(claims)).filter((claim) => claim !== null)).toHaveLength(1);
    await other.close();
  });

  test('nothing is delivered to a blocked conversation until somebody writes there again', async () => {
    await seeConversation(db(), seen);
    await blockConversation(db(), seen.id);
    expect(await claimDelivery(db(), seen.id, 60_000)).toBeNull();
    await seeConversation(db(), seen);
    expect(await claimDelivery(db(), seen.id, 60_000)).not.toBeNull();
  });
});
