import { once } from 'node:events';
import type { Guarded } from './global-setup.ts';
import { leakingLines } from './kept-logs.ts';

/** Stops the run's PostgreSQL and waits until its data is deleted. A secret in any log fails the run. */
export default async function globalTeardown(): Promise<void> {
  const { leaks } = leakingLines();
  await endGuard();
  if (leaks.length > 0) throw new Error(`secrets in the logs of the tests:\n${leaks.slice(0, 5).join('\n')}`);
}

async function endGuard(): Promise<void> {
  const guard = (globalThis as Guarded).kluisPostgres;
  if (!guard || guard.exitCode !== null) return;
  guard.stdin?.end();
  await once(guard, 'exit');
}
