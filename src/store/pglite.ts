import { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { join } from 'node:path';
import { fromKysely, fromPglite } from 'pg-boss';
import type { Database } from './database.ts';
import { holdFolder } from './folder-hold.ts';
import { migrate } from './migrate.ts';
import { OneConnectionDialect } from './one-connection.ts';
import type { Tables } from './schema.ts';
import { unreachable } from './unreachable.ts';

/** How long a store call may wait for the one connection. */
const longestWaitMs = 5000;

/**
 * Opens the embedded PostgreSQL in `folder`, which this process then holds alone, and brings its tables up to date.
 * `dump` is a ready database to start from, for tests; with `folder` null everything is in memory.
 */
export async function openPglite(options: { readonly folder: string | null; readonly dump?: Blob }): Promise<Database> {
  const hold = options.folder === null ? null : await holdFolder(options.folder);
  try {
    const pglite = await create(options);
    const db = new Kysely<Tables>({ dialect: new OneConnectionDialect(pglite, longestWaitMs) });
    await migrate(db);
    return {
      kind: 'pglite',
      db,
      queue: { way: { db: fromPglite(pglite) }, schema: 'kluis_queue', within: fromKysely },
      close: async () => {
        await db.destroy();
        await hold?.release();
      },
    };
  } catch (error) {
    await hold?.release();
    throw error;
  }
}

async function create({ folder, dump }: { readonly folder: string | null; readonly dump?: Blob }): Promise<PGlite> {
  try {
    return await PGlite.create({
      ...(folder === null ? {} : { dataDir: join(folder, 'database') }),
      ...(dump ? { loadDataDir: dump } : {}),
    });
  } catch (error) {
    const wayOut = 'If another release of PGlite made it, start that release, or restore the folder from a backup';
    throw unreachable(`The database in ${folder} does not open`, error, wayOut);
  }
}
