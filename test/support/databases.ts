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

/** Opens a database for a test that needs its own; call `end` on it. */
export function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === 'pglite' ? openInProcess() : openOnServer();
}

/**
 * Opens a database with what another release left in it, and migrates it. `leftIn` returns that as SQL for a schema.
 */
export async function openLeftDatabase(leftIn: (schema: string) => string): Promise<TestDatabase> {
  return openOnServer((schema) => fillSchema(leftIn(schema)));
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

async function openInProcess(): Promise<TestDatabase> {
  const database = await openPglite({ folder: null, dump: await migratedDump() });
  const second = { ...database, close: () => Promise.resolve() };
  return {
    kind: 'pglite',
    database,
    connectionString: null,
    schema: 'public',
    second: () => Promise.resolve(second),
    clean: () => emptyTables(database),
    end: () => database.close(),
  };
}

async function openOnServer(fill?: (schema: string) => Promise<void>): Promise<TestDatabase> {
  const schema = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await fill?.(schema);
  // The connections are named after the schema, so that a leak can be told from other tests' connections.
  const connectionString = `${serverUrl()}?application_name=${schema}`;
  const open = () => openPostgres({ connectionString, schema, connections: 4, log: silent });
  const database = await open();
  return {
    kind: 'postgres',
    database,
    connectionString,
    schema,
    second: open,
    clean: () => emptyTables(database),
    end: async () => {
      await database.close();
      await removeSchema(schema);
    },
  };
}

async function emptyTables({ db }: Database): Promise<void> {
  const own = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = current_schema() and tablename not like 'kysely%'`.execute(db);
  await sql`truncate ${sql.join(own.rows.map((table) => sql.id(table.name)))} cascade`.execute(db);
}

/**
 * Drops a test's schemas (its tables and its queue) once its connections are closed; one that stays open is a leak and
 * is reported.
 */
export async function removeSchema(schema: string): Promise<void> {
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
    await client.query(`drop schema if exists "${schema}" cascade`);
    await client.query(`drop schema if exists "${schema}_queue" cascade`);
    if (leaked.length > 0) throw new Error(`a leaked connection; last it did: ${leaked.join(' | ')}`);
  } finally {
    await client.end();
  }
}
