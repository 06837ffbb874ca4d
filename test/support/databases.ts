import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { silent } from '../../src/core/log.ts';
import type { Database } from '../../src/store/database.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { eventually } from './eventually.ts';
import { migratedDump } from './pglite-dump.ts';

/** The two databases that the product runs on. */
export const databaseKinds = ['pglite', 'postgres'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** A new, migrated database for one test file. */
export type TestDatabase = {
  readonly kind: DatabaseKind;
  readonly database: Database;
  /** How another process reaches the same tables; null on PGlite, which only one process can open. */
  readonly connectionString: string | null;
  readonly schema: string;
  /** As a second replica sees it: a pool of its own on PostgreSQL, the only connection on PGlite. */
  second(): Promise<Database>;
  /** Empties every table. */
  clean(): Promise<void>;
  /** Closes it and drops its tables; throws if a connection is still open, with its last statement. */
  end(): Promise<void>;
};

/** Runs a suite on both databases. Each has its own for the file, and every test begins with empty tables. */
export function describeOnBoth(title: string, suite: (testDatabase: () => TestDatabase) => void): void {
  describe.each(databaseKinds)(`${title} on %s`, (kind) => {
    let testDatabase: TestDatabase;
    beforeAll(async () => {
      testDatabase = await openTestDatabase(kind);
    });
    beforeEach(() => testDatabase.clean());
    afterAll(() => testDatabase?.end());
    suite(() => testDatabase);
  });
}

/**
 * Opens a database for a test that needs its own; call `end` on it. It may be one that an earlier file of this worker
 * has left, emptied: that costs a tenth of what a new one does. If the test changes the tables themselves, say `own`.
 */
export function openTestDatabase(kind: DatabaseKind, own?: 'own'): Promise<TestDatabase> {
  if (kind === 'pglite') return openInProcess(own);
  return own ? openOnServer(newName(), removeSchema) : openOnServer(left.pop() ?? newName(), leaveSchema);
}

/**
 * Opens a database with what another release left in it, and migrates it. `leftIn` returns that as SQL for a schema.
 */
export async function openLeftDatabase(leftIn: (schema: string) => string): Promise<TestDatabase> {
  const schema = newName();
  await fillSchema(leftIn(schema));
  return openOnServer(schema, removeSchema);
}

/** Runs the SQL of a dump, which creates its schema. */
export async function fillSchema(dump: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  await client.query(dump).finally(() => client.end());
}

/** The connection string of the run's PostgreSQL. Don't use its `public` schema: use a schema of your own. */
export function serverUrl(): string {
  const url = process.env['KLUIS_TEST_DATABASE_URL'];
  if (!url) throw new Error('the PostgreSQL of the tests is started by jest: run the tests with npm run jest');
  return url;
}

async function openInProcess(own?: 'own'): Promise<TestDatabase> {
  const database =
    (own ? undefined : leftInProcess.pop()) ?? (await openPglite({ folder: null, dump: await migratedDump() }));
  if (seed.length === 0) seed = await seedOf(database);
  const second = { ...database, close: () => Promise.resolve() };
  return {
    kind: 'pglite',
    database,
    connectionString: null,
    schema: 'public',
    second: () => Promise.resolve(second),
    clean: () => emptyTables(database),
    end: () => (own ? database.close() : leaveInProcess(database)),
  };
}

/** The schemas and embedded databases that files of this worker have left. */
const left: string[] = [];
const leftInProcess: Database[] = [];
/** What migrations put into the tables. */
let seed: readonly string[] = [];

const newName = () => `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;

async function openOnServer(schema: string, end: (schema: string) => Promise<void>): Promise<TestDatabase> {
  // The connections are named after the schema, so that a leak can be told from other tests' connections.
  const connectionString = `${serverUrl()}?application_name=${schema}`;
  const open = () => openPostgres({ connectionString, schema, connections: 4, log: silent });
  const database = await open();
  if (seed.length === 0) seed = await seedOf(database);
  return {
    kind: 'postgres',
    database,
    connectionString,
    schema,
    second: open,
    clean: () => emptyTables(database),
    end: async () => {
      await database.close();
      await end(schema);
    },
  };
}

async function seedOf({ db }: Database): Promise<readonly string[]> {
  return (await db.selectFrom('scheduled_look').select('kind').execute()).map(({ kind }) => kind);
}

/**
 * A statement that empties all tables of these schemas, but for what says how far they are migrated, and then does
 * `more`. Only those that were used: to truncate a table costs as much as to create it. Deleted rows would leave gaps,
 * and the next ones be read in another order.
 */
const emptying = (schemas: string, more = '') => `do $$
  declare name text;
  begin
    select string_agg(format('%I.%I', schemaname, tablename), ', ') into name from pg_tables
      where schemaname in (${schemas}) and tablename not like 'kysely%' and tablename <> 'version'
      and pg_relation_size(format('%I.%I', schemaname, tablename)::regclass) > 0;
    if name is not null then execute 'truncate ' || name || ' cascade'; end if;
    ${more}
  end $$`;

/** What leaves a database and its queue as a new installation finds them. */
const leaving = (schema: string, queue: string) =>
  emptying(
    `'${schema}', '${queue}'`,
    `for name in select format('drop trigger %I on %s', tgname, tgrelid::regclass) from pg_trigger
      join pg_class on pg_class.oid = tgrelid where not tgisinternal and relnamespace = '"${schema}"'::regnamespace
    loop execute name; end loop;
    insert into "${schema}".scheduled_look (kind) select unnest('{${seed.join()}}'::text[]);
    if to_regclass('"${queue}".version') is not null then
      update "${queue}".version set cron_on = null, bam_on = null, flow_on = null;
    end if;`,
  );

async function emptyTables({ db }: Database): Promise<void> {
  await sql.raw(emptying('current_schema()')).execute(db);
}

/**
 * Drops a test's schemas (its tables and its queue) once its connections are closed; one that stays open is a leak and
 * is reported.
 */
export function removeSchema(schema: string): Promise<void> {
  return onceUnused(schema, async (client) => {
    await client.query(`drop schema if exists "${schema}" cascade`);
    await client.query(`drop schema if exists "${schema}_queue" cascade`);
  });
}

/** Leaves a test's schemas to the next file. */
async function leaveSchema(schema: string): Promise<void> {
  await onceUnused(schema, (client) => client.query(leaving(schema, `${schema}_queue`)));
  left.push(schema);
}

/** Leaves an embedded database to the next file, without a timer that would keep the process from ending. */
async function leaveInProcess(database: Database): Promise<void> {
  const { db, queue } = database;
  await sql.raw(leaving('public', queue.schema)).execute(db);
  await db.transaction().execute(async (trx) => {
    // Counts that are written now need no timer, and its one alarm, which isn't taken back, is brought forward.
    await sql`select pg_stat_force_next_flush()`.execute(trx);
    await sql`set local statement_timeout = 1`.execute(trx);
  });
  leftInProcess.push(database);
}

/** Does something with a test's schemas once its connections are closed; one that stays open is a leak: reported. */
async function onceUnused(schema: string, act: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    const open = async () => {
      const found = await client.query<{ query: string }>(
        'select query from pg_stat_activity where application_name = $1',
        [schema],
      );
      return found.rows.map((row) => row.query);
    };
    const leaked = await eventually('connections to end', async () => (await open()).length === 0).then(() => [], open);
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [schema]);
    await act(client);
    if (leaked.length > 0) throw new Error(`a leaked connection; last it did: ${leaked.join(' | ')}`);
  } finally {
    await client.end();
  }
}
