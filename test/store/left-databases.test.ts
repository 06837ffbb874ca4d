import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openQueue } from '../../src/jobs/queue.ts';
import { silent } from '../../src/core/log.ts';
import type { Database } from '../../src/store/database.ts';
import { openTestDatabase } from '../support/databases.ts';

/** The number of rows of each table that has any. */
async function counts({ db }: Database, schema: string) {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = ${schema}`.execute(db);
  const counted = rows.map(async ({ name }) => {
    const table = sql.id(schema, name);
    const found = await sql<{ count: number }>`select count(*)::int as count from ${table}`.execute(db);
    return [name, found.rows[0]!.count] as const;
  });
  return Object.fromEntries((await Promise.all(counted)).filter(([, count]) => count > 0));
}

test('what one file leaves to the next is like a new database', async () => {
  const fresh = await openTestDatabase('postgres', 'own');
  const asNew = await counts(fresh.database, fresh.schema);
  await fresh.end();
  expect(asNew).toMatchObject({ kysely_migration: expect.any(Number), scheduled_look: expect.any(Number) });
  const first = await openTestDatabase('postgres');
  const queue = await openQueue({ database: first.database, pollSeconds: 1, log: silent });
  await queue.stop(1000);
  const { db } = first.database;
  await sql`insert into pulse (process, at) values ('test', now())`.execute(db);
  await sql`update scheduled_look set put_off = interval '1 day'`.execute(db);
  await first.end();
  const second = await openTestDatabase('postgres');
  expect(await counts(second.database, second.schema)).toEqual(asNew);
  expect(await counts(second.database, second.database.queue.schema)).toEqual({ version: 1 });
  const { rows } = await sql`select distinct put_off::text from scheduled_look`.execute(second.database.db);
  expect(rows).toEqual([{ put_off: '00:15:00' }]);
  await second.end();
});
