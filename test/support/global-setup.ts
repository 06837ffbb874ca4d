import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
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
  // A process that finds its modules compiled starts in a third of the time; workers and what they start find them
  // here, if it was compiled with the same flags of V8.
  const compiled = join(root, 'node_modules', '.cache', 'kluis-tests', 'compiled');
  const isFresh = !existsSync(compiled);
  process.env['NODE_COMPILE_CACHE'] = compiled;
  const makes = [runs('make-pglite-dump.ts'), ...(isFresh ? [runs('compile-product.ts')] : [])];
  const [{ guard, url, folder }] = await Promise.all([startPostgres('in-memory'), ...makes]);
  (globalThis as Guarded).kluisPostgres = guard;
  process.env['KLUIS_TEST_DATABASE_URL'] = url;
  process.env['KLUIS_TEST_FOLDER'] = folder;
}

/** Runs a program to its end. */
async function runs(program: string): Promise<void> {
  const running = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, program)], {
    stdio: 'inherit',
  });
  const [code] = (await once(running, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`preparing the tests with ${program}: it ended early; see above`);
}
