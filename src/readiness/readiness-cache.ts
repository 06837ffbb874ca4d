/** What changes so seldom that it is kept for a day: role definitions, the Backup application's object id, tenants. */

/** A store of answers by key. Only answers that were found are kept: what was missing may be made in a minute. */
export type ReadinessCache = {
  get(key: string, now: Date): unknown;
  set(key: string, value: unknown, now: Date): void;
};

const day = 24 * 3_600_000;

/** A cache of this process. It holds at most `limit` answers and drops the oldest first. */
export function createReadinessCache(limit = 2000): ReadinessCache {
  const kept = new Map<string, { value: unknown; until: number }>();
  return {
    get(key, now) {
      const found = kept.get(key);
      if (found && found.until > now.getTime()) return found.value;
      kept.delete(key);
      return undefined;
    },
    set(key, value, now) {
      kept.delete(key);
      kept.set(key, { value, until: now.getTime() + day });
      const [oldest] = kept.keys();
      if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    },
  };
}
