import { Kysely } from 'kysely';
import pg from 'pg';
import { fromKysely, type KyselyTransactionLike } from 'pg-boss';
import { type Log, loggable } from '../core/log.ts';
import type { Database, OwnConnections, QueueAccess } from './database.ts';
import { connectionTo, openConnections, type ServerAddress, type SessionSettings } from './connection.ts';
import { isFull, whenSlotFree } from './connection-slot.ts';
import { migrate } from './migrate.ts';
import { PipelinedDialect } from './pipelined-dialect.ts';
import { markPipelined } from './pipeline.ts';
import type { Tables } from './schema.ts';
import { unreachable } from './unreachable.ts';
import { watchedSocket } from './watched-socket.ts';

/** Longer than any statement may take. */
const defaultSilentMs = 45_000;

const defaultConnections = 16;

type PostgresOptions = ServerAddress & {
  readonly schema?: string;
  readonly connections?: number | undefined;
  /** For how long a start waits while the server has no free connection. */
  readonly patienceMs?: number;
  /** After how long without an answer a connection in use is given up (45 s). */
  readonly silentMs?: number;
  readonly log: Log;
};

/** Opens PostgreSQL and migrates it. `schema` separates several installations, or tests. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { schema = 'public', silentMs = defaultSilentMs } = options;
  const settings = settingsFor(schema);
  const connections = await reach(options, () =>
    openConnections(settings, (config) => poolFor(options, { ...config, silentMs })),
  );
  const db = new Kysely<Tables>({ dialect: new PipelinedDialect(connections, settings) });
  try {
    if (schema !== 'public') await createSchema(connections.pool, schema);
    await whenSlotFree(() => migrate(db), options.log, options.patienceMs);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    kind: 'postgres',
    db,
    queue: {
      way: ownConnections(options, { silentMs, useListenNotify: !connections.isPooled }),
      schema: schema === 'public' ? 'kluis_queue' : `${schema}_queue`,
      within: pipelinedWithin,
    },
    close: () => db.destroy(),
  };
}

/**
 * A transaction takes milliseconds. That of a process which was suspended in the middle keeps its rows locked, so the
 * server ends it before the claims of that process run out.
 */
const idle = '20s';

function settingsFor(schema: string): SessionSettings {
  return { search_path: schema, statement_timeout: '30s', idle_in_transaction_session_timeout: idle };
}

type PoolConfig = Pick<pg.PoolConfig, 'options'> & { readonly silentMs: number };

function poolFor(options: PostgresOptions, { silentMs, ...config }: PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    pipeline: true,
    ...connectionTo(options),
    max: options.connections ?? defaultConnections,
    connectionTimeoutMillis: 5000,
    stream: () => watchedSocket(silentMs),
    ...config,
  });
  // An idle connection that breaks must not end the process: the next query opens another.
  pool.on('error', (error) => options.log.warn(loggable(error), 'a database connection was lost'));
  // Nor one that breaks in use: the pool does not listen to it then. Its user gets the error from its query.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Nothing waits for a wake-up to be stored, only for the commit. */
function pipelinedWithin(trx: KyselyTransactionLike): QueueAccess {
  const { executeSql } = fromKysely(trx);
  return {
    executeSql: (text, values = []) => {
      markPipelined(values);
      return executeSql(text, values);
    },
  };
}

type Way = { readonly silentMs: number; readonly useListenNotify: boolean };

/** The queue's listener is idle between two heartbeats, which isn't silence. */
function ownConnections(address: ServerAddress, { silentMs, useListenNotify }: Way): OwnConnections {
  const stream = () => watchedSocket(silentMs);
  return { ...connectionTo(address), stream, notifyHeartbeatIntervalMs: silentMs / 4, useListenNotify };
}

const moreRoom =
  'Raise max_connections, take a larger server, or lower KLUIS_DATABASE_CONNECTIONS or the number of replicas';

async function reach<T>({ log, patienceMs }: PostgresOptions, open: () => Promise<T>): Promise<T> {
  try {
    return await whenSlotFree(open, log, patienceMs);
  } catch (error) {
    if (isFull(error)) throw unreachable('PostgreSQL has no free connection', error, moreRoom);
    throw unreachable('PostgreSQL does not answer', error, 'Check DATABASE_URL and the way to the server');
  }
}

/** `if not exists` is not safe for two replicas that start at once: one of them gets a duplicate error. */
async function createSchema(pool: pg.Pool, schema: string): Promise<void> {
  const duplicate = ['23505', '42P06'];
  await pool.query(`create schema if not exists "${schema}"`).catch((error: { code?: string }) => {
    if (!duplicate.includes(error.code ?? '')) throw error;
  });
}
