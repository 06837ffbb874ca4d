import { sql } from 'kysely';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { breakGlassCounts } from './break-glass.ts';
import type { Queries } from './database.ts';

/** What an operator should know about the database. */
export type DatabaseFacts = {
  /** PostgreSQL's version, such as 170005. */
  readonly version: number;
  readonly clock: Date;
  /** How many connections this user can have at once, all processes together. */
  readonly maxConnections: number;
  readonly applied: readonly string[];
  /** Whether the product may make tables, and a schema for its queue where there is none yet. */
  readonly mayMigrate: boolean;
  /** Tables that are there and that this user may not read and write. */
  readonly forbidden: readonly string[];
  /** Processes that gave a sign of life in the last minute. */
  readonly running: readonly string[];
  /** Starts by break-glass that nobody has reviewed yet. */
  readonly toReview: number;
};

const queueSchema = 'kluis_queue';

/** Reads the facts; nothing is made or changed. The tables may be missing. */
export async function databaseFacts(q: Queries): Promise<DatabaseFacts> {
  const { rows } = await sql<{
    version: string;
    clock: Date;
    max_connections: number;
    may_migrate: boolean;
    migrated: boolean;
    pulse: boolean;
    reviewed: boolean;
  }>`
    select current_setting('server_version_num') as version, clock_timestamp() as clock,
      (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int) as max_connections,
      has_schema_privilege(current_schema(), 'create')
        and (to_regnamespace(${queueSchema}) is not null or has_database_privilege(current_database(), 'create'))
        as may_migrate,
      to_regclass('kysely_migration') is not null as migrated, to_regclass('pulse') is not null as pulse,
      to_regclass('break_glass') is not null as reviewed`.execute(q);
  const [facts] = rows;
  if (!facts) throw new Error('the database told nothing of itself');
  const forbidden = await forbiddenTables(q);
  return {
    version: Number(facts.version),
    clock: facts.clock,
    maxConnections: facts.max_connections,
    applied: facts.migrated && !forbidden.includes('kysely_migration') ? await appliedNames(q) : [],
    mayMigrate: facts.may_migrate,
    forbidden,
    toReview: facts.reviewed && !forbidden.includes('approval_request') ? (await breakGlassCounts(q)).toReview : 0,
    running: facts.pulse && !forbidden.includes('pulse') ? await runningProcesses(q) : [],
  };
}

/** The migrations of this release, by their files, in order. */
export async function knownMigrations(): Promise<readonly string[]> {
  const files = await readdir(join(import.meta.dirname, 'migrations'));
  return files.flatMap((file) => /^(\d{3}-.+)\.ts$/.exec(file)?.[1] ?? []).sort();
}

async function appliedNames(q: Queries): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(q);
  return rows.map((row) => row.name);
}

async function runningProcesses(q: Queries): Promise<string[]> {
  const { rows } = await sql<{ process: string }>`select process from pulse
    where at > clock_timestamp() - interval '1 minute' order by process`.execute(q);
  return rows.map((row) => row.process);
}

async function forbiddenTables(q: Queries): Promise<string[]> {
  const table = sql`(quote_ident(schemaname) || '.' || quote_ident(tablename))`;
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = current_schema() and not (has_table_privilege(${table}, 'select')
      and has_table_privilege(${table}, 'insert') and has_table_privilege(${table}, 'update'))
    order by tablename`.execute(q);
  return rows.map((row) => row.name);
}
