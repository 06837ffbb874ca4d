/** Waiting for a database that has no room for another connection, or is just starting. */
import { setTimeout } from 'node:timers/promises';
import { loggable, type Log } from '../core/log.ts';

/** `too_many_connections`, which a reserved slot is told by as well, and `cannot_connect_now`. */
const passing = new Set(['53300', '57P03']);

/** In milliseconds: what a rolling change takes until the replicas before have given their connections back. */
const [defaultPatienceMs, pauseMs] = [120_000, 2_000];

/** Whether PostgreSQL has no connection left for this user. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === '53300';
}

/** Does what needs a connection, again and again while the server has none left, for two minutes; then throws why. */
export async function whenSlotFree<T>(
  work: () => Promise<T>,
  log: Pick<Log, 'warn'>,
  patienceMs = defaultPatienceMs,
): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!passing.has(codeOf(error)) || performance.now() > until) throw error;
      log.warn(loggable(error), 'the database has no free connection yet: waiting for one');
      await setTimeout(Math.min(pauseMs, patienceMs / 10));
    }
  }
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
