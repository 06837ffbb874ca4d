import { once } from 'node:events';
import type { Guarded } from './global-setup.ts';

/** Ends the PostgreSQL of the run and waits until its data is gone. */
export default async function globalTeardown(): Promise<void> {
  const guard = (globalThis as Guarded).kluisPostgres;
  if (!guard || guard.exitCode !== null) return;
  guard.stdin?.end();
  await once(guard, 'exit');
}
