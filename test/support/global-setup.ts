import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

/** Where the setup keeps the guard for the teardown. */
export type Guarded = { kluisPostgres?: ChildProcess };

/**
 * Starts one real PostgreSQL for the whole run. Tests find its connection string in `KLUIS_TEST_DATABASE_URL` and a
 * folder that lives as long as the run in `KLUIS_TEST_FOLDER`.
 */
export default async function globalSetup(): Promise<void> {
  // A process that finds its modules compiled starts in half the time; workers and whatever they start find it here.
  process.env['NODE_COMPILE_CACHE'] = join(root, 'node_modules', '.cache', 'kluis-tests', 'compiled');
  // Detached, so that a Ctrl-C does not end the guard before it has cleaned up.
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'postgres-guard.ts')], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  (globalThis as Guarded).kluisPostgres = guard;
  const [line] = await Promise.all([firstLine(guard), makeDump()]);
  const { url, folder } = JSON.parse(line) as { url: string; folder: string };
  process.env['KLUIS_TEST_DATABASE_URL'] = url;
  process.env['KLUIS_TEST_FOLDER'] = folder;
}

async function firstLine(guard: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  const ended = once(guard, 'exit').then(() => {
    throw new Error('starting the PostgreSQL of the tests: it ended before it was ready; see above');
  });
  const lines = createInterface({ input: guard.stdout });
  const [line] = await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => {});
  return line as string;
}

async function makeDump(): Promise<void> {
  const making = spawn(process.execPath, [join(import.meta.dirname, 'make-pglite-dump.ts')], { stdio: 'inherit' });
  const [code] = (await once(making, 'exit')) as [number | null];
  if (code !== 0) throw new Error('making the embedded database of the tests: it ended early; see above');
}
