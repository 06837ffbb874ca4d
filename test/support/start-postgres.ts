import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A PostgreSQL with its guard, which removes it when its input ends. `folder` exists as long. */
type Guarded = { readonly guard: ChildProcess; readonly url: string; readonly folder: string };

const guardProgram = join(import.meta.dirname, '../../tools/bench/processes/postgres-guard.ts');

/** Starts one; the arguments are those of postgres-guard.ts. */
export async function startPostgres(...args: readonly string[]): Promise<Guarded> {
  // Detached, so that Ctrl-C doesn't kill the guard before it has cleaned up.
  const guard = spawn(process.execPath, [guardProgram, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(guard, 'exit').then(() => {
    throw new Error('starting the PostgreSQL of the tests: it ended before it was ready; see above');
  });
  const lines = createInterface({ input: guard.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  ended.catch(() => {});
  return { guard, ...(JSON.parse(line) as { url: string; folder: string }) };
}
