/**
 * What `/readyz` tells of parts that take a call to find out: the queue, and Azure with the bot's identity. They are asked
 * in the background, so that a probe never waits and never costs a call.
 */
import { AzureFault, type AzureFaultKind } from '../azure/faults.ts';
import { loggable, type Log } from '../core/log.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Deps } from './deps.ts';
import type { Trust } from './trust.ts';

/** What is amiss with a part in one word; null: nothing. */
export type Amiss = string | null;

/** The watch over everything that `/readyz` tells. */
export type Health = {
  /** How each part stands by the newest answers. A part that has not answered yet is not well. */
  amiss(): Readonly<Record<string, Amiss>>;
  /** Which parts are well. */
  ready(): Readonly<Record<string, boolean>>;
  /** Asks no more, and waits for a question to the queue that is still open. */
  stop(): Promise<void>;
};

type Watched = Pick<Deps, 'azure' | 'authority' | 'log' | 'leases'>;

/** Begins to ask. Azure is asked for its first subscription, which takes a token and costs one read. */
export function watchHealth(parts: {
  readonly deps: Watched;
  readonly watch: Pick<Trust, 'distrusted'>;
  readonly queue: Pick<Queue, 'depth'>;
}): Health {
  const { azure, authority, log, leases } = parts.deps;
  const queue = asking({
    part: 'queue',
    ask: () => queueAmiss(parts.queue),
    wellMs: leases.ill,
    illMs: leases.ill,
    log,
  });
  const cloud = asking({ part: 'azure', ask: () => azureAmiss(azure), wellMs: leases.well, illMs: leases.ill, log });
  const amiss = () => {
    const distrusted = parts.watch.distrusted();
    return {
      database: distrusted === 'database' ? 'no-sign-of-life' : null,
      queue: queue.now(),
      clock: distrusted === 'clock' ? 'differs' : null,
      identities: authority.answers() ? null : 'no-answer',
      azure: cloud.now(),
    };
  };
  return {
    amiss,
    ready: () => Object.fromEntries(Object.entries(amiss()).map(([part, why]) => [part, why === null])),
    stop: async () => {
      void cloud.stop();
      await queue.stop();
    },
  };
}

async function queueAmiss(queue: Pick<Queue, 'depth'>): Promise<Amiss> {
  await queue.depth();
  return null;
}

const words: Readonly<Record<AzureFaultKind, Amiss>> = {
  unauthenticated: 'no-token',
  forbidden: 'refused',
  refused: 'refused',
  missing: 'no-subscription',
  unavailable: 'unreachable',
  garbled: 'unreachable',
  // It is there and knows us.
  throttled: null,
  conflict: null,
};

async function azureAmiss({ subscriptions, reads }: Deps['azure']): Promise<Amiss> {
  const [first] = subscriptions;
  if (first === undefined) return 'no-subscription';
  try {
    return (await reads.tenantId(first)) === null ? 'no-subscription' : null;
  } catch (error) {
    if (error instanceof AzureFault) return words[error.kind];
    throw error;
  }
}

type Asking = {
  readonly part: string;
  readonly ask: () => Promise<Amiss>;
  /** How long an answer counts: one that is well, and one that is not. */
  readonly wellMs: number;
  readonly illMs: number;
  readonly log: Log;
};

function asking({ part, ask, wellMs, illMs, log }: Asking): { now(): Amiss; stop(): Promise<void> } {
  let last: Amiss = 'not-asked-yet';
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const once = async () => {
    const found = await ask().catch((error: unknown) => {
      if (!isOver) log.warn({ ...loggable(error), part }, 'a part of the product did not answer');
      return 'no-answer';
    });
    if (isOver) return;
    if (found !== null && found !== last) log.error({ part, because: found }, 'not ready');
    last = found;
    timer = setTimeout(() => (running = once()), found === null ? wellMs : illMs).unref();
  };
  let running = once();
  return {
    now: () => last,
    stop: () => {
      isOver = true;
      clearTimeout(timer);
      return running;
    },
  };
}
