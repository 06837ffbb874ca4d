import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { preparedName } from '../../src/store/prepared-name.ts';
import { openTestDatabase } from '../support/databases.ts';

describe('a statement', () => {
  test('has the same name each time, and another has another', () => {
    const one = 'select "id" from "dialog" where "id" = $1';
    expect(preparedName(one, 1)).toMatch(/^[\w-]{32}$/);
    expect(preparedName(one, 1)).toBe(preparedName(one, 1));
    expect(preparedName('select "id" from "message" where "id" = $1', 1)).not.toBe(preparedName(one, 1));
    expect(preparedName('select count(*) as "count", 2 * 3 as "six" from "dialog"', 0)).toMatch(/^[\w-]{32}$/);
  });

  test.each([
    ['whose text depends on how many rows it writes', 'insert into "job" values ($1)', 25],
    ['that gives whatever columns there are', 'select * from "dialog" where "id" = $1', 1],
    ['that gives more beside them', 'select *, now() as "now" from "approval_request" where "id" = $1', 1],
    ['that gives those of one table', 'select "d".*, "m"."id" from "dialog" as "d", "message" as "m"', 0],
    ['that returns whatever columns there are', 'update "dialog" set "look" = $1 returning *', 1],
    ['that changes tables', 'alter table "dialog" add column more text', 0],
    ['that begins a transaction', 'begin', 0],
  ])('%s is not prepared', (_, text, parameters) => expect(preparedName(text, parameters)).toBeUndefined());
});

test('what was prepared before a migration still works after it', async () => {
  const testDatabase = await openTestDatabase('postgres', 'own');
  try {
    const { db } = testDatabase.database;
    const look = () => db.selectFrom('pulse').select(['process', 'at']).where('process', '=', 'p').execute();
    await db.insertInto('pulse').values({ process: 'p' }).execute();
    for (let n = 0; n < 8; n++) expect(await look()).toHaveLength(1);
    const prepared = await sql<{ count: string }>`select count(*) as count from pg_prepared_statements`.execute(db);
    expect(Number(prepared.rows[0]?.count)).toBeGreaterThan(0);
    await sql`alter table pulse add column more text`.execute(db);
    for (let n = 0; n < 8; n++) expect(await look()).toHaveLength(1);
  } finally {
    await testDatabase.end();
  }
});
