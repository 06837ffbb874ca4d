import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startPostgres } from './start-postgres.ts';

const root = join(import.meta.dirname, '..', '..');

/** Where the setup leaves the guard for the teardown. */
export type Guarded = { kluisPostgres?: ChildProcess };

/**
 * Starts one real PostgreSQL for the whole run. Tests get its connection string in `KLUIS_TEST_DATABASE_URL` and a
 * folder that exists during the run in `KLUIS_TEST_FOLDER`.
 */
export default async function globalSetup(): Promise<void> {
  // A process that finds its modules compiled starts in half the time; workers and the processes they start find them
  // here.
  process.env['NODE_COMPILE_CACHE'] = join(root, 'node_modules', '.cache', 'kluis-tests', 'compiled');
  const [{ guard, url, folder }] = await Promise.all([startPostgres(), makeDump()]);
  (globalThis as Guarded).kluisPostgres = guard;
  process.env['KLUIS_TEST_DATABASE_URL'] = url;
  process.env['KLUIS_TEST_FOLDER'] = folder;
}

async function makeDump(): Promise<void> {
  const making = spawn(process.execPath, [join(import.meta.dirname, 'make-pglite-dump.ts')], { stdio: 'inherit' });
  const [code] = (await once(making, 'exit')) as [number | null];
  if (code !== 0) throw new Error('making the embedded database of the tests: it ended early; see above');
}
