import { Kysely, PGliteDialect } from 'kysely';
import { join } from 'node:path';
import pg from 'pg';
import { Fault } from '../core/fault.ts';
import { compileWasmOnce } from '../core/heap.ts';
import { connectionTo, openConnections, type Connections, type ServerAddress } from './connection.ts';
import type { Database } from './database.ts';
import { databaseIn, lockFolder } from './folder-lock.ts';
import { PipelinedDialect } from './pipelined-dialect.ts';
import type { Tables } from './schema.ts';
import { unreachable } from './unreachable.ts';

/** A database that is only read: nothing is created or migrated, and the database itself refuses writes. */
export type OpenToRead = Pick<Database, 'kind' | 'db' | 'close'> & Pick<Connections, 'isPooled'>;

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

/** A session has the first, a transaction the second, which can't be taken back in it. */
const readOnly = { search_path: 'public', default_transaction_read_only: 'on', transaction_read_only: 'on' };

async function openServer(address: ServerAddress): Promise<OpenToRead> {
  const connections = await openConnections(readOnly, (config) => poolTo(address, config)).catch((error: unknown) => {
    throw unreachable('PostgreSQL does not answer', error, 'Check DATABASE_URL and the way to the server');
  });
  const db = new Kysely<Tables>({ dialect: new PipelinedDialect(connections, readOnly) });
  return { kind: 'postgres', db, close: () => db.destroy(), isPooled: connections.isPooled };
}

function poolTo(address: ServerAddress, config: Pick<pg.PoolConfig, 'options'>): pg.Pool {
  const pool = new pg.Pool({
    pipeline: true,
    ...connectionTo(address),
    max: 1,
    connectionTimeoutMillis: 5000,
    ...config,
  });
  pool.on('error', () => {}); // the next query reports it
  return pool;
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
    return { kind: 'pglite', db, close, isPooled: false };
  } catch (error) {
    await lock.release();
    const remedy = 'If another release of PGlite made it, start that release, or restore the folder from a backup';
    throw unreachable(`The database in ${folder} does not open`, error, remedy);
  }
}
