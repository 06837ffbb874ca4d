import { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileWasmOnce } from '../../src/core/heap.ts';
import { migrate } from '../../src/store/migrate.ts';
import { OneConnectionDialect } from '../../src/store/one-connection.ts';
import { openPglite } from '../../src/store/pglite.ts';
import type { Tables } from '../../src/store/schema.ts';

const root = join(import.meta.dirname, '..', '..');
const cache = join(root, 'node_modules', '.cache', 'kluis-tests');

/**
 * A migrated embedded database to start from: PGlite's first start takes seconds, one from a dump half a second. It is
 * cached under the digest of the migrations, so a changed migration makes a new one. Two workers may make it at the
 * same time.
 */
export async function migratedDump(): Promise<Blob> {
  compileWasmOnce(); // also for those who open it otherwise than the product does
  const file = join(cache, `${await digest()}.tar`);
  const kept = await readFile(file).catch(() => null);
  if (kept) return new Blob([kept], { type: 'application/x-tar' });
  const dump = await makeDump();
  await mkdir(cache, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return dump;
}

/**
 * Puts that database where the product, started with this data folder, finds it: a first start of its own takes
 * seconds.
 */
export async function prepareDataFolder(folder: string): Promise<void> {
  await (await openPglite({ folder, dump: await migratedDump() })).close();
}

async function makeDump(): Promise<Blob> {
  const pglite = await PGlite.create();
  const db = new Kysely<Tables>({ dialect: new OneConnectionDialect(pglite, 30_000) });
  try {
    await migrate(db);
    return await pglite.dumpDataDir('none');
  } finally {
    await db.destroy();
  }
}

async function digest(): Promise<string> {
  const store = join(root, 'src', 'store');
  const migrations = (await readdir(join(store, 'migrations'))).map((name) => join('migrations', name)).sort();
  const hash = createHash('sha256');
  hash.update(await readFile(join(root, 'node_modules', '@electric-sql', 'pglite', 'package.json')));
  for (const name of ['migrate.ts', ...migrations]) hash.update(await readFile(join(store, name)));
  return hash.digest('hex').slice(0, 24);
}
