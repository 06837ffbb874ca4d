import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { forgetDialogs, forgetMessages, forgetOperations, forgetRequests } from '../../src/store/forget.ts';
import { enqueueMessage } from '../../src/store/messages.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { describeOnBoth } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { migratedDump } from '../support/pglite-dump.ts';
import { addDialog, addOperation, ana } from './sample-rows.ts';

describeOnBoth('what is removed', (testDatabase) => {
  const db = () => testDatabase().database.db;
  const keeping = { days: 90, limit: 100 };
  const forget = async (limit = 100) => {
    for (const kind of [forgetOperations, forgetDialogs, forgetMessages]) await kind(db(), { ...keeping, limit });
  };

  /** Moves every time in a row this many days back. */
  const age = (days: number, table: 'dialog' | 'message' | 'operation', id: string) => {
    const columns = {
      dialog: ['created_at', 'expires_at'],
      message: ['created_at', 'sent_at', 'due_at'],
      operation: ['created_at', 'ended_at'],
    };
    const set = columns[table].map((name) => sql`${sql.id(name)} = ${sql.id(name)} - ${days} * interval '1 day'`);
    return sql`update ${sql.table(table)} set ${sql.join(set)} where id = ${id}::uuid`.execute(db());
  };
  const dialog = async (status: string, days: number, dialogDays = days) => {
    const { id, messageId } = await addDialog(db());
    await db().updateTable('dialog').set({ status }).where('id', '=', id).execute();
    await enqueueMessage(db(), { id: messageId, conversationId: 'conversation', desired: {} });
    await age(days, 'message', messageId);
    await age(dialogDays, 'dialog', id);
    return { id, messageId };
  };
  const operation = async (status: string, days: number, of: { id: string; messageId: string } | null = null) => {
    const { id } = await addOperation(db(), {
      status,
      dialogId: of?.id ?? null,
      messageId: of?.messageId ?? randomUUID(),
    });
    if (status !== 'running')
      await db()
        .updateTable('operation')
        .set({ ended_at: sql`now()` })
        .where('id', '=', id)
        .execute();
    const attempt = {
      id: randomUUID(),
      operation_id: id,
      part: 'p',
      call: 'c',
      target: 't',
      fence: 1,
      outcome: null,
      receipt: null,
    };
    await db().insertInto('attempt').values(attempt).execute();
    await age(days, 'operation', id);
    return id;
  };
  const ids = async (table: 'dialog' | 'message' | 'operation') => {
    const rows = await db()
      .selectFrom(table as 'dialog')
      .select('id')
      .execute();
    return rows.map(({ id }) => id).sort();
  };
  const attempts = async () =>
    (await db().selectFrom('attempt').select('operation_id').execute()).map((row) => row.operation_id);

  test('a request for approval that ended long ago and runs nothing; not an open one, however old', async () => {
    const request = async (state: string, days: number, operationId: string | null = null) => {
      const id = randomUUID();
      const json = { plan: '{}', terms: '{}', requester: '{}' };
      const row = {
        id,
        dialog_id: randomUUID(),
        digest: 'd',
        state,
        changed_by: null,
        operation_id: operationId,
        ...json,
      };
      await db().insertInto('approval_request').values(row).execute();
      await sql`update approval_request set created_at = created_at - ${days} * interval '1 day' where id = ${id}`.execute(
        db(),
      );
      return id;
    };
    const gone = await request('denied', 91);
    const runs = await operation('running', 91);
    const kept = [await request('pending', 91), await request('denied', 89), await request('started', 91, runs)];
    await forgetRequests(db(), keeping);
    const left = (await db().selectFrom('approval_request').select('id').execute()).map(({ id }) => id);
    expect(left).not.toContain(gone);
    expect(left.toSorted()).toEqual(kept.toSorted());
  });

  test('what ended more than the given number of days ago, with everything that belongs to it, and nothing younger', async () => {
    const [old, young] = [await dialog('done', 91), await dialog('cancelled', 89)];
    const [gone, kept] = [await operation('succeeded', 91, old), await operation('failed', 89)];
    await forget();
    expect(await ids('operation')).toEqual([kept]);
    expect(await attempts()).toEqual([kept]);
    expect(gone).not.toBe(kept);
    expect(await ids('dialog')).toEqual([young.id]);
    expect(await ids('message')).toEqual([young.messageId]);
  });

  test('nothing that is open, running or still retried, however long ago it began', async () => {
    const open = [await dialog('open', 400), await dialog('checking', 400)];
    const shown = await dialog('done', 400);
    const running = await operation('running', 400, shown);
    const edited = await dialog('expired', 3, 400); // its card changed three days ago, and still has a button
    const tried = randomUUID();
    await enqueueMessage(db(), { id: tried, conversationId: 'conversation', desired: {} });
    await age(400, 'message', tried);
    await db()
      .updateTable('message')
      .set({ due_at: sql`now()` })
      .where('id', '=', tried)
      .execute();
    // Started by break-glass, and not reviewed yet: somebody can still do that on one of its cards.
    const glass = await dialog('done', 400);
    const copy = await dialog('done', 400);
    const review = {
      ...{ id: randomUUID(), dialog_id: glass.id, digest: 'd', state: 'started', changed_by: null },
      ...{ plan: '{}', terms: '{}', requester: '{}', glass: '{"name":"Ben"}' },
      copies: JSON.stringify([{ message: copy.messageId, conversation: 'conversation' }]),
    };
    await db().insertInto('approval_request').values(review).execute();
    await forget();
    const dialogs = [...open, shown, edited, glass];
    expect(await ids('dialog')).toEqual(dialogs.map(({ id }) => id).sort());
    expect(await ids('message')).toEqual(
      [...dialogs, copy]
        .map(({ messageId }) => messageId)
        .concat(tried)
        .sort(),
    );
    expect([await ids('operation'), await attempts()]).toEqual([[running], [running]]);
  });

  test('never the audit log, nor who is linked to whom, nor where a conversation is', async () => {
    await dialog('done', 400);
    await db()
      .insertInto('audit')
      .values({ seq: 1, at: '2020-01-01T00:00:00.000Z', entry: '{}', previous: '', hash: 'h' })
      .execute();
    await db()
      .insertInto('person_link')
      .values({ team: 'T1', platform_id: ana.platformId, entra: ana.id, linked_at: new Date('2020-01-01') })
      .execute();
    await forget();
    expect(await ids('dialog')).toEqual([]);
    for (const table of ['audit', 'person_link', 'conversation'] as const)
      expect(
        await db()
          .selectFrom(table as 'audit')
          .selectAll()
          .execute(),
      ).toHaveLength(1);
  });

  test('a few at a time, the oldest first, and by an index on large tables', async () => {
    await dialog('done', 1);
    const past = sql`now() - n * interval '1 day'`;
    await sql`insert into message (id, conversation_id, wanted, wanted_rev, created_at, due_at)
      select gen_random_uuid(), 'conversation', '{}', 1, ${past}, ${past} from generate_series(1, 5000) n`.execute(
      db(),
    );
    const youngest = async () =>
      (await sql<{ d: number }>`select max(now()::date - created_at::date)::int as d from message`.execute(db()))
        .rows[0]!.d;
    expect(await youngest()).toBe(5000);
    await forget(10);
    expect([(await ids('message')).length, await youngest()]).toEqual([4991, 4990]);
    await sql`analyze message`.execute(db());
    const plan =
      await sql`explain select id from message where created_at < now() - interval '4985 days' order by created_at limit 10`.execute(
        db(),
      );
    expect(JSON.stringify(plan.rows)).toContain('message_created');
  });
});

test('the embedded database reuses the space of deleted rows', async () => {
  const { db, close } = await openPglite({ folder: null, dump: await migratedDump(), compactEveryMs: 50 });
  try {
    const dead = async () =>
      (await sql<{ n: number }>`select pg_table_size('inbound')::int as n`.execute(db)).rows[0]!.n;
    await sql`insert into inbound (key) select 'k' || n || repeat('x', 500) from generate_series(1, 5000) n`.execute(
      db,
    );
    const full = await dead();
    await sql`delete from inbound`.execute(db);
    await eventually('the room', async () => (await dead()) < full / 2);
  } finally {
    await close();
  }
});
