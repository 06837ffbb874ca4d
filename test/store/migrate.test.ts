import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { silent } from '../../src/core/log.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import type { Database } from '../../src/store/database.ts';
import { addOperation, takeKey } from './sample-rows.ts';
import { migrate } from '../../src/store/migrate.ts';
import { claimOperation } from '../../src/store/operations.ts';
import { linkOf } from '../../src/store/person-links.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import {
  databaseKinds,
  fillSchema,
  openLeftDatabase,
  openTestDatabase,
  removeSchema,
  serverUrl,
  type TestDatabase,
} from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { previousRelease } from '../support/previous-release.ts';

describe.each(databaseKinds)('migrate on %s', (kind) => {
  // The last test leaves a migration that stops all others.
  let testDatabase: TestDatabase;
  beforeAll(async () => {
    testDatabase = await openTestDatabase(kind, 'own');
  });
  afterAll(() => testDatabase.end());

  const applied = async () => {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
      testDatabase.database.db,
    );
    return rows.map((row) => row.name);
  };
  const pretend = (name: string) =>
    sql`insert into kysely_migration (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(
      testDatabase.database.db,
    );

  test('a second start changes nothing', async () => {
    const before = await applied();
    await takeKey(testDatabase.database.db, 'kept');
    await migrate(testDatabase.database.db);
    expect(await applied()).toEqual(before);
    expect(await takeKey(testDatabase.database.db, 'kept')).toBe(false);
  });

  test('a migration of a newer release is left alone, so that old and new replicas can run side by side', async () => {
    await pretend('999-adds-a-column');
    const before = await applied();
    await migrate(testDatabase.database.db);
    expect(await applied()).toEqual(before);
    expect(await takeKey(testDatabase.database.db, 'k')).toBe(true);
  });

  test('people linked before workspaces were distinguished belong to the one that was used', async () => {
    const { db } = testDatabase.database;
    const before = [
      `insert into conversation (id, platform, kind, address, locale, time_zone)
         values ('slack:T1:C1', 'slack', 'channel', '{"kind": "channel", "team": "T1"}', 'en', 'UTC')`,
      `drop index person_link_entra`,
      `alter table person_link drop column team, add primary key (platform_id)`,
      `create unique index person_link_entra on person_link (entra)`,
      `alter table link_ticket drop column team`,
      `insert into person_link (platform_id, entra) values ('U1', 'e1')`,
      `delete from kysely_migration where name = '005-person-teams'`,
    ];
    for (const statement of before) await sql.raw(statement).execute(db);
    await migrate(db);
    expect(await linkOf(db, { team: 'T1', platformId: 'U1' })).toBe('e1');
    expect(await linkOf(db, { team: 'T2', platformId: 'U1' })).toBe('never');
  });

  test('what was expedited under the previous release still is', async () => {
    const { db } = testDatabase.database;
    const [wished, heard, usual] = [await addOperation(db), await addOperation(db), await addOperation(db)];
    const before = [
      `alter table operation drop column expedite`,
      `update operation set due_at = '1970-01-01Z' where id = '${wished.id}'`,
      `update operation set due_at = '1970-01-02Z', fence = 3 where id = '${heard.id}'`,
      `delete from kysely_migration where name = '006-expedite'`,
    ];
    for (const statement of before) await sql.raw(statement).execute(db);
    await migrate(db);
    const expedited = async ({ id }: { id: string }) => (await claimOperation(db, id, 60_000))?.expedited;
    expect([await expedited(wished), await expedited(heard), await expedited(usual)]).toEqual([true, true, false]);
  });

  test('a breaking one stops this release, and the error says which and what to do', async () => {
    await pretend('998-more');
    await pretend('999-renames-everything-breaking');
    await expect(migrate(testDatabase.database.db)).rejects.toMatchObject({
      code: 'database-newer',
      message: expect.stringMatching(/999-renames-everything-breaking.*Start that release/),
    });
  });
});

/** What code relies on that knows nothing newer. */
async function promisesOf(db: Database['db'], schema: string) {
  const columns = await sql<{ name: string; type: string; nullable: boolean; filled: boolean }>`
    select table_name || '.' || column_name as name, udt_name as type, is_nullable = 'YES' as nullable,
      column_default is not null or is_identity = 'YES' as filled
    from information_schema.columns where table_schema = ${schema}`.execute(db);
  const demands = await sql<{ demand: string }>`
    select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) as demand from pg_constraint
      where connamespace = ${schema}::regnamespace and contype <> 'n'
    union select indexdef from pg_indexes where schemaname = ${schema} and indexdef like 'CREATE UNIQUE%'`.execute(db);
  const plain = (text: string) => text.replaceAll(`${schema}.`, '');
  return { columns: columns.rows, demands: demands.rows.map(({ demand }) => plain(demand)) };
}

describe('the previous release, on the tables of this one', () => {
  // So the older release works next to this one, and after it: a row that it writes is accepted, and what it reads
  // exists.
  test('finds all of its tables and columns, and its rows need nothing that it doesn’t know', async () => {
    const left = previousRelease();
    const migrated = await openLeftDatabase((schema) => left.database(schema, 1));
    const asItWas = `test_${randomUUID().slice(0, 8)}`;
    const { db } = migrated.database;
    try {
      await fillSchema(left.database(asItWas, 1));
      const [before, after] = [await promisesOf(db, asItWas), await promisesOf(db, migrated.schema)];
      expect(before.columns.length).toBeGreaterThan(100);
      expect(after.columns.length).toBeGreaterThan(before.columns.length);
      for (const { name, type, nullable } of before.columns) {
        const now = after.columns.find((column) => column.name === name);
        expect(now).toMatchObject({ name, type });
        if (nullable) expect(now).toMatchObject({ nullable });
      }
      const tables = new Set(before.columns.map(({ name }) => name.split('.')[0]!));
      const known = new Set(before.columns.map(({ name }) => name));
      const added = after.columns.filter(({ name }) => tables.has(name.split('.')[0]!) && !known.has(name));
      expect(added.filter(({ nullable, filled }) => !nullable && !filled)).toEqual([]);
      const isOfItsTables = (demand: string) => [...tables].some((table) => new RegExp(`\\b${table}\\b`).test(demand));
      expect(after.demands.filter((each) => !before.demands.includes(each) && isOfItsTables(each))).toEqual([]);
    } finally {
      await migrated.end();
      await removeSchema(asItWas);
    }
  });
});

describe('concurrent migrations on one PostgreSQL', () => {
  const open = (schema: string) =>
    openPostgres({
      connectionString: `${serverUrl()}?application_name=${schema}`,
      schema,
      connections: 2,
      log: silent,
    });

  test('replicas that start at the same time on an empty database all come up', async () => {
    const schema = `test_${randomUUID().slice(0, 8)}`;
    const starts = await Promise.allSettled(Array.from({ length: 6 }, () => open(schema)));
    const up = starts.filter((start): start is PromiseFulfilledResult<Database> => start.status === 'fulfilled');
    try {
      expect(starts.map((start) => (start.status === 'rejected' ? String(start.reason) : 'up'))).toEqual(
        starts.map(() => 'up'),
      );
      const taken = await Promise.all(up.map(({ value }) => takeKey(value.db, 'k')));
      expect(taken.filter((took) => took)).toHaveLength(1);
    } finally {
      await Promise.all(up.map(({ value }) => value.close()));
      await removeSchema(schema);
    }
  });

  test('two installations in two schemas of one database do not see each other', async () => {
    const schemas = [1, 2].map(() => `test_${randomUUID().slice(0, 8)}`);
    const [a, b] = (await Promise.all(schemas.map(open))) as [Database, Database];
    expect([await takeKey(a.db, 'k'), await takeKey(b.db, 'k')]).toEqual([true, true]);
    await Promise.all([a.close(), b.close()]);
    for (const schema of schemas) await removeSchema(schema);
  });

  /** A database that lacks these migrations, and whatever they add. */
  const lacking = async (undone: Readonly<Record<string, string>>) => {
    const testDatabase = await openTestDatabase('postgres', 'own');
    for (const [name, undo] of Object.entries(undone)) {
      await sql.raw(undo).execute(testDatabase.database.db);
      await sql`delete from kysely_migration where name = ${name}`.execute(testDatabase.database.db);
    }
    return testDatabase;
  };
  const twoTables = {
    '025-exception-of-vm': 'alter table kek_exception drop column vm_guid',
    '027-scheduled-claims': 'alter table scheduled_look drop column claims',
  };

  test('somebody who works on both tables that a release changes is never the victim of a deadlock', async () => {
    const testDatabase = await lacking(twoTables);
    const { db } = testDatabase.database;
    const migrating = await db.transaction().execute(async (trx) => {
      await trx.selectFrom('scheduled_look').select('kind').forUpdate().execute();
      const starting = testDatabase.second().then(async (second) => second.close());
      // Once it waits for the table that is used here, this goes on to the table that it has changed before.
      await eventually('a migration that waits', async () => (await waiting(db, testDatabase.schema)) > 0);
      await sql`select count(*) from kek_exception`.execute(trx);
      return { starting };
    });
    await migrating.starting;
    expect((await sql<{ name: string }>`select name from kysely_migration`.execute(db)).rows).toContainEqual({
      name: '027-scheduled-claims',
    });
    await testDatabase.end();
  });

  test('a table that is in use for longer than a migration waits: nobody else waits behind it, and it succeeds later', async () => {
    const testDatabase = await lacking(twoTables);
    const { db } = testDatabase.database;
    const held = Promise.withResolvers<void>();
    const holds = Promise.withResolvers<void>();
    const using = db.transaction().execute(async (trx) => {
      await trx.selectFrom('scheduled_look').select('kind').forUpdate().execute();
      holds.resolve();
      await held.promise;
    });
    await holds.promise;
    const starting = testDatabase.second().then(async (second) => second.close());
    await eventually('a migration that waits', async () => (await waiting(db, testDatabase.schema)) > 0);
    // It would stand behind the migration until the table is free; it is answered because that one stands back.
    await sql`select count(*) from scheduled_look`.execute(db);
    await eventually('a migration that stood back', async () => (await waiting(db, testDatabase.schema)) === 0);
    held.resolve();
    await Promise.all([using, starting]);
    expect(await db.selectFrom('scheduled_look').select('claims').execute()).not.toEqual([]);
    await testDatabase.end();
  });

  test('a refused start leaves no connection behind', async () => {
    const testDatabase = await openTestDatabase('postgres', 'own');
    await sql`insert into kysely_migration (name, timestamp) values ('999-breaking', '')`.execute(
      testDatabase.database.db,
    );
    await expect(testDatabase.second()).rejects.toMatchObject({ code: 'database-newer' });
    await testDatabase.end(); // fails on a leaked connection
  });
});

/** How many statements wait for a lock. */
async function waiting(db: Database['db'], schema: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where application_name = ${schema} and wait_event_type = 'Lock'`.execute(db);
  return rows[0]!.count;
}

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

test.each(databaseKinds)('what one file leaves to the next on %s is like a new database', async (kind) => {
  const fresh = await openTestDatabase(kind, 'own');
  const asNew = await counts(fresh.database, fresh.schema);
  await fresh.end();
  expect(asNew).toMatchObject({ kysely_migration: expect.any(Number), scheduled_look: expect.any(Number) });
  const first = await openTestDatabase(kind);
  const queue = await openQueue({ database: first.database, pollSeconds: 1, log: silent });
  await queue.stop(1000);
  const { db } = first.database;
  await sql`insert into pulse (process, at) values ('test', now())`.execute(db);
  await sql`create function no() returns trigger language plpgsql as 'begin raise exception ''no''; end'`.execute(db);
  await sql`create trigger no before insert on pulse execute function no()`.execute(db);
  await sql`update scheduled_look set put_off = interval '1 day'`.execute(db);
  await first.end();
  const second = await openTestDatabase(kind);
  expect(await counts(second.database, second.schema)).toEqual(asNew);
  expect(await counts(second.database, second.database.queue.schema)).toEqual({ version: 1 });
  const { rows } = await sql`select distinct put_off::text from scheduled_look`.execute(second.database.db);
  expect(rows).toEqual([{ put_off: '00:15:00' }]);
  await sql`insert into pulse (process, at) values ('test', now())`.execute(second.database.db);
  await second.end();
});
