import { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import { join } from 'node:path';
import { fromKysely, fromPglite } from 'pg-boss';
import { compileWasmOnce } from '../core/heap.ts';
import type { Database } from './database.ts';
import { databaseIn, lockFolder, type FolderLock } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { OneConnectionDialect } from './one-connection.ts';
import type { Tables } from './schema.ts';
import { unreachable } from './unreachable.ts';

/** How long a store call may wait for the only connection. */
const maxWaitMs = 5000;
const hourMs = 3_600_000;

/** PostgreSQL's own cache, all of which is in use from the start. Its default is 128 MB, many times such a database. */
const sharedBuffers = '16MB';

/** PostgreSQL's timer that reports a slow start would go on after it, and wake the process every ten seconds. */
const startParams = [
  ...PGlite.defaultStartParams,
  ...['-c', `shared_buffers=${sharedBuffers}`],
  ...['-c', 'log_startup_progress_interval=0'],
];

/**
 * Where the embedded PostgreSQL is: `folder` null keeps everything in memory. `lock`: this process has already locked
 * the folder. `dump` is a ready database to start from, for tests.
 */
type PglitePlace = {
  readonly folder: string | null;
  readonly lock?: FolderLock | null;
  readonly dump?: Blob;
  /** The interval at which it reclaims the space of deleted rows. */
  readonly compactEveryMs?: number;
};

/** Opens the embedded PostgreSQL, whose folder this process then holds alone until it closes, and migrates it. */
export async function openPglite(options: PglitePlace): Promise<Database> {
  const lock = options.lock ?? (options.folder === null ? null : await lockFolder(options.folder));
  try {
    const pglite = await create(options);
    const db = new Kysely<Tables>({ dialect: new OneConnectionDialect(pglite, maxWaitMs) });
    await migrate(db);
    const compacting = setInterval(() => void compact(db), options.compactEveryMs ?? hourMs).unref();
    return {
      kind: 'pglite',
      db,
      queue: { way: { db: fromPglite(pglite) }, schema: 'kluis_queue', within: fromKysely },
      close: async () => {
        clearInterval(compacting);
        await db.destroy();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

/** A server does so automatically; without it the files would only ever grow, whatever is deleted. */
async function compact(db: Kysely<Tables>): Promise<void> {
  await sql`vacuum`.execute(db).catch(() => {}); // busy now: the next time will do
}

async function create({ folder, dump }: PglitePlace): Promise<PGlite> {
  if (folder !== null) await databaseIn(folder);
  try {
    compileWasmOnce();
    return await PGlite.create({
      startParams,
      ...(folder === null ? {} : { dataDir: join(folder, 'database') }),
      ...(dump ? { loadDataDir: dump } : {}),
    });
  } catch (error) {
    const remedy = 'If another release of PGlite made it, start that release, or restore the folder from a backup';
    throw unreachable(`The database in ${folder} does not open`, error, remedy);
  }
}
