import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { booksOf } from '../../src/store/books.ts';
import { renewLease } from '../../src/store/lease.ts';
import {
  claimLook,
  endLook,
  expediteLook,
  noteMade,
  outliveLook,
  scheduledPost,
} from '../../src/store/scheduled-posts.ts';
import { keepJobs, pollVaults } from '../../src/store/vault-polls.ts';
import { whatIsDue } from '../../src/store/what-is-due.ts';
import { describeOnBoth } from '../support/databases.ts';

describeOnBoth('what is posted by the clock', (testDatabase) => {
  test('one process at a time checks; one that lost the claim ends nothing', async () => {
    const { db } = testDatabase().database;
    // The rows of the migration are deleted with all tables before each test.
    const kinds = ['digest', 'forecast'].map((kind) => ({ kind, due_at: sql<Date>`now()` }));
    await db.insertInto('scheduled_look').values(kinds).execute();
    const first = await claimLook(db, 'forecast', 60_000);
    expect(first).not.toBeNull();
    expect(await claimLook(db, 'forecast', 60_000)).toBeNull();
    expect((await whatIsDue(db, 10)).looksDue).toEqual(['digest']);
    await endLook(db, { kind: 'forecast', fence: first!.fence - 1 }, 0);
    expect((await whatIsDue(db, 10)).looksDue).toEqual(['digest']);
    await endLook(db, { kind: 'forecast', fence: first!.fence }, 0);
    expect((await whatIsDue(db, 10)).looksDue.sort()).toEqual(['digest', 'forecast']);
    await endLook(db, { kind: 'forecast', fence: (await claimLook(db, 'forecast', 60_000))!.fence }, 60_000);
    expect((await whatIsDue(db, 10)).looksDue).toEqual(['digest']);
  });

  test('a check is prolonged while its claim is held; one whose process lives, or that was overtaken, isn’t counted', async () => {
    const { db } = testDatabase().database;
    const kind = 'forecast';
    await db
      .insertInto('scheduled_look')
      .values({ kind, due_at: sql<Date>`now()` })
      .execute();
    const goBy = () =>
      db
        .updateTable('scheduled_look')
        .set({ held_until: sql<Date>`held_until - interval '1 minute'` })
        .execute();
    const first = await claimLook(db, kind, 50_000);
    expect(await renewLease(db, 'scheduled_look', { key: kind, fence: first!.fence, forMs: 90_000 })).toBe(true);
    await goBy();
    expect(await claimLook(db, kind, 50_000)).toBeNull();
    await goBy();
    expect(await claimLook(db, kind, 50_000)).toMatchObject({ claims: 2 });
    expect(await renewLease(db, 'scheduled_look', { key: kind, fence: first!.fence, forMs: 90_000 })).toBe(false);
    await outliveLook(db, kind);
    await goBy();
    const third = await claimLook(db, kind, 50_000);
    expect(third).toMatchObject({ claims: 2 });
    await expediteLook(db, kind);
    expect(await renewLease(db, 'scheduled_look', { key: kind, fence: third!.fence, forMs: 90_000 })).toBe(false);
    const fourth = await claimLook(db, kind, 50_000);
    expect(fourth).toMatchObject({ claims: 1 });
    await endLook(db, { kind, fence: fourth!.fence }, 0);
    expect(await renewLease(db, 'scheduled_look', { key: kind, fence: fourth!.fence, forMs: 90_000 })).toBe(false);
  });

  test('a check that is put off for a day isn’t due before, unless the clock is set back', async () => {
    const { db } = testDatabase().database;
    await db
      .insertInto('scheduled_look')
      .values({ kind: 'digest', due_at: sql<Date>`now()` })
      .execute();
    const claim = await claimLook(db, 'digest', 60_000);
    await endLook(db, { kind: 'digest', fence: claim!.fence }, 86_400_000);
    expect((await whatIsDue(db, 10)).looksDue).toEqual([]);
    expect(await claimLook(db, 'digest', 60_000)).toBeNull();
    await db
      .updateTable('scheduled_look')
      .set({ due_at: sql<Date>`due_at + interval '1 hour'` })
      .execute();
    expect((await whatIsDue(db, 10)).looksDue).toEqual(['digest']);
    expect(await claimLook(db, 'digest', 60_000)).not.toBeNull();
  });

  test('a channel begins without a post, and keeps its day and what was reported', async () => {
    const { db } = testDatabase().database;
    const place = { kind: 'digest', conversation: 'teams:a' } as const;
    const began = await scheduledPost(db, place);
    expect(began).toMatchObject({ madeFor: null, told: {} });
    await noteMade(db, place, { day: '2026-11-28', told: { 'vm|fails|x': '2026-11-27' } });
    expect(await scheduledPost(db, place)).toEqual({
      since: began.since,
      madeFor: '2026-11-28',
      told: { 'vm|fails|x': '2026-11-27' },
    });
    expect(await scheduledPost(db, { ...place, kind: 'forecast' })).toMatchObject({ madeFor: null });
  });
});

describeOnBoth('the book of backups', (testDatabase) => {
  test('has the starts of good backups, and for each failed one the next good one of the same item', async () => {
    const { db } = testDatabase().database;
    const job = (id: string, item: string, over: { status: string; at: string; operation?: string }) => ({
      id: `/jobs/${id}`,
      vmName: `vm-${item}`,
      containerName: `c;${item}`,
      operation: over.operation ?? 'Backup',
      status: over.status,
      startTime: new Date(over.at),
    });
    const vaultIn = (subscription: string) => `/subscriptions/${subscription}/vault`;
    await keepJobs(db, vaultIn('other'), [job('0', 'b', { status: 'Completed', at: '2026-11-21T02:10:00Z' })]);
    await keepJobs(db, vaultIn('own'), [
      job('1', 'a', { status: 'Failed', at: '2026-11-20T02:00:00Z' }),
      job('2', 'A', { status: 'CompletedWithWarnings', at: '2026-11-20T03:07:00Z' }),
      job('3', 'a', { status: 'Completed', at: '2026-11-21T03:07:00Z' }),
      job('4', 'b', { status: 'Failed', at: '2026-11-21T02:00:00Z' }),
      job('5', 'b', { status: 'Completed', at: '2026-11-21T02:30:00Z', operation: 'Restore' }),
      job('6', 'b', { status: 'Failed', at: '2026-10-01T02:00:00Z' }),
      job('7', 'c', { status: 'InProgress', at: '2026-11-21T02:00:00Z' }),
    ]);
    const book = await booksOf(db).backups(new Date('2026-11-01T00:00:00Z'));
    expect(book.failures).toEqual([
      { vm: 'vm-b', item: 'own c;b', at: '2026-11-21T02:00:00.000Z', goodAt: null },
      {
        ...{ vm: 'vm-A', item: 'own c;a', at: '2026-11-20T03:07:00.000Z', goodAt: '2026-11-21T03:07:00.000Z' },
        half: true,
      },
      { vm: 'vm-a', item: 'own c;a', at: '2026-11-20T02:00:00.000Z', goodAt: '2026-11-21T03:07:00.000Z' },
    ]);
    const quarters = ['2026-11-21T02:00:00Z', '2026-11-21T03:00:00Z'].map((at) => Date.parse(at) / 900_000);
    expect(book).toMatchObject({ good: quarters, isCut: false, silent: [] });
  });

  test('names the vaults whose jobs weren’t read for an hour, as far as they still exist', async () => {
    const { db } = testDatabase().database;
    const id = (name: string) =>
      `/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/${name}`;
    const names = ['rsv-fresh', 'rsv-old', 'rsv-never', 'rsv-gone'];
    await pollVaults(db, names.map(id));
    const polled = (name: string, at: ReturnType<typeof sql<Date>>) =>
      db.updateTable('vault_poll').set({ polled_at: at }).where('vault_id', '=', id(name)).execute();
    await polled('rsv-fresh', sql<Date>`now()`);
    for (const name of ['rsv-old', 'rsv-gone']) await polled(name, sql<Date>`now() - interval '61 minutes'`);
    const line = (name: string) => ({ kind: 'vault', key: id(name).toLowerCase(), name, body: '{}' });
    await db.insertInto('inventory').values(names.slice(0, 3).map(line)).execute();
    expect((await booksOf(db).backups(new Date())).silent).toEqual([
      { vault: 'rsv-never', since: null },
      { vault: 'rsv-old', since: expect.any(String) },
    ]);
    expect(await booksOf(db).waiting()).toEqual({ approvals: 0, reviews: 0 });
  });
});
