import { LRUCache } from 'lru-cache';

const maxPauseMs = 60_000;

/** 1 s, 2 s, 4 s … up to a minute, with up to a quarter more, so that replicas don't all retry at the same time. */
export function pauseAfter(tries: number): number {
  const pause = Math.min(maxPauseMs, 1000 * 2 ** Math.min(tries, 10));
  return Math.round(pause * (1 + Math.random() / 4));
}

/**
 * Backoff: how long this process leaves a row alone after an error, in milliseconds. It is kept in memory, since the
 * database may be what fails: work on a row that can't record its outcome would otherwise start again at once, over and
 * over.
 */
export type Backoff = {
  /** How long it still waits; 0: it can be tried. */
  restMs(id: string): number;
  /** It failed again; returns how long it waits now. */
  failed(id: string): number;
  /** It succeeded, so its next failure counts as the first. */
  worked(id: string): void;
};

const maxEntries = 10_000;

/** Empty. `now` is in milliseconds. */
export function createBackoff(now: () => number = () => performance.now()): Backoff {
  const failures = new LRUCache<string, { readonly times: number; readonly until: number }>({ max: maxEntries });
  return {
    restMs: (id) => Math.max(0, (failures.get(id)?.until ?? 0) - now()),
    failed: (id) => {
      const times = failures.get(id)?.times ?? 0;
      const pause = pauseAfter(times);
      failures.set(id, { times: times + 1, until: now() + pause });
      return pause;
    },
    worked: (id) => void failures.delete(id),
  };
}
