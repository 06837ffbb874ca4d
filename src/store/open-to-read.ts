import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { join } from 'node:path';
import pg from 'pg';
import { Fault } from '../core/fault.ts';
import { compileWasmOnce } from '../core/heap.ts';
import { connectionTo, type ServerAddress } from './connection.ts';
import type { Database } from './database.ts';
import { databaseIn, lockFolder } from './folder-lock.ts';
import type { Tables } from './schema.ts';
import { unreachable } from './unreachable.ts';

/** A database that is only read: nothing is created or migrated, and the database itself refuses writes. */
export type OpenToRead = Pick<Database, 'kind' | 'db' | 'close'>;

/** Where the product keeps its state: PostgreSQL, or the folder of the embedded database. */
export type DatabaseLocation = {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly token?: ServerAddress['token'];
};

/**
 * Opens the product's database for tools that only read. Throws `database-unreachable` if there is none or it does not
 * answer, and `data-dir-locked` while a process has the embedded one open; PostgreSQL can be read along with others.
 */
export async function openToRead({ databaseUrl, dataDir, token }: DatabaseLocation): Promise<OpenToRead> {
  return databaseUrl === null ? openFolder(dataDir) : openServer({ connectionString: databaseUrl, token });
}

async function openServer(address: ServerAddress): Promise<OpenToRead> {
  const pool = new pg.Pool({
    ...connectionTo(address),
    max: 1,
    connectionTimeoutMillis: 5000,
    options: '-c search_path=public -c default_transaction_read_only=on',
  });
  pool.on('error', () => {}); // the next query reports it
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw unreachable('PostgreSQL does not answer', error, 'Check DATABASE_URL and the way to the server');
  }
  return { kind: 'postgres', db, close: () => db.destroy() };
}

async function openFolder(folder: string): Promise<OpenToRead> {
  const dataDir = join(folder, 'database');
  if (!(await databaseIn(folder)))
    throw new Fault('database-unreachable', `There is no database in ${folder} yet. The first start makes it.`);
  const lock = await lockFolder(folder);
  try {
    const { PGlite } = await import('@electric-sql/pglite');
    compileWasmOnce();
    const pglite = await PGlite.create({ dataDir });
    await pglite.exec('set default_transaction_read_only = on');
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    const close = () => db.destroy().then(() => lock.release());
    return { kind: 'pglite', db, close };
  } catch (error) {
    await lock.release();
    const remedy = 'If another release of PGlite made it, start that release, or restore the folder from a backup';
    throw unreachable(`The database in ${folder} does not open`, error, remedy);
  }
}
