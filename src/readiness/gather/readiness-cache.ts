import { LRUCache } from 'lru-cache';

/** What changes so seldom that it is kept for a day: role definitions, the Backup application's object id, tenants. */

/** A store of answers by key. Only answers that were found are kept: what was missing may be made in a minute. */
export type ReadinessCache = {
  get(key: string, now: Date): unknown;
  set(key: string, value: unknown, now: Date): void;
};

const day = 24 * 3_600_000;

/** A cache of this process. It holds at most `limit` answers and drops first what was asked for longest ago. */
export function createReadinessCache(limit = 2000): ReadinessCache {
  const kept = new LRUCache<string, { value: unknown; until: number }>({ max: limit });
  return {
    get(key, now) {
      const found = kept.get(key);
      return found && found.until > now.getTime() ? found.value : undefined;
    },
    set(key, value, now) {
      kept.set(key, { value, until: now.getTime() + day });
    },
  };
}
