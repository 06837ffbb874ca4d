import { LRUCache } from 'lru-cache';

/**
 * What changes so rarely that it is cached for a day: role definitions, the Backup application's object ID, tenants.
 */

/** A cache of answers by key. Only found answers are cached: what is missing may be created in a minute. */
export type ReadinessCache = {
  get(key: string, now: Date): unknown;
  set(key: string, value: unknown, now: Date): void;
};

const day = 24 * 3_600_000;

/** A cache in this process. It has at most `limit` answers and evicts the least recently used first. */
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
