import { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fromKysely, fromPglite } from 'pg-boss';
import { Fault } from '../core/fault.ts';
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
  const { folder } = options;
  const lock = options.lock ?? (folder === null ? null : await lockFolder(folder));
  try {
    const { pglite, db } = await (folder === null ? begin(options, true) : beginIn(folder, options));
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

type Begun = { readonly pglite: PGlite; readonly db: Kysely<Tables> };

async function begin(options: PglitePlace, isNew: boolean): Promise<Begun> {
  const pglite = await create(options, isNew);
  const db = new Kysely<Tables>({ dialect: new OneConnectionDialect(pglite, maxWaitMs) });
  try {
    await migrate(db);
    return { pglite, db };
  } catch (error) {
    await db.destroy().catch(() => {}); // what it failed of matters more
    throw error;
  }
}

/** In MiB: a new database takes 41 before anything is in it, and each file of its log 16. */
const [newTakes, logTakes] = [60, 16];

/** A database that was being made is removed if that fails: a later start would take it for a damaged one. */
async function beginIn(folder: string, options: PglitePlace): Promise<Begun> {
  const isNew = !(await databaseIn(folder));
  const needed = isNew ? newTakes : logTakes;
  if (isNew && (await leftIn(folder)) < needed) throw await fullDisk(folder, needed);
  try {
    return await begin(options, isNew);
  } catch (error) {
    const isFull = (await leftIn(folder)) < needed;
    const fault = isFull ? await fullDisk(folder, needed, error) : error;
    if (isNew) await rm(join(folder, 'database'), { recursive: true, force: true }).catch(() => {});
    throw fault;
  }
}

/** How much room the folder's disk has, in whole MiB. */
async function leftIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / 1024 ** 2);
}

async function fullDisk(folder: string, needed: number, cause?: unknown): Promise<Fault> {
  const left = `${await leftIn(folder)} MiB are left, and the database needs ${needed}`;
  const remedy = 'Free up space, or set KLUIS_DATA_DIR to a folder on a larger disk, and start again';
  return new Fault('database-unreachable', `The disk of ${folder} is full: ${left}. ${remedy}.`, { cause });
}

/** A server does so automatically; without it the files would only ever grow, whatever is deleted. */
async function compact(db: Kysely<Tables>): Promise<void> {
  await sql`vacuum`.execute(db).catch(() => {}); // busy now: the next time will do
}

async function create({ folder, dump }: PglitePlace, isNew: boolean): Promise<PGlite> {
  try {
    compileWasmOnce();
    return await PGlite.create({
      startParams,
      ...(folder === null ? {} : { dataDir: join(folder, 'database') }),
      ...(dump ? { loadDataDir: dump } : {}),
    });
  } catch (error) {
    if (isNew) throw unreachable(`No database can be made in ${folder}`, error, 'Check its disk and the memory');
    const remedy = 'If another release of PGlite made it, start that release, or restore the folder from a backup';
    throw unreachable(`The database in ${folder} does not open`, error, remedy);
  }
}
