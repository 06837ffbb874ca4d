/**
 * Looks up by a key in a list that many VMs share. Each list is traversed once, and of two entries with the same key
 * the first counts.
 */
export function indexOf<T extends object>(keyOf: (one: T) => string): (list: readonly T[], key: string) => T | null {
  const known = new WeakMap<readonly T[], ReadonlyMap<string, T>>();
  return (list, key) => {
    const index = known.get(list) ?? new Map(list.toReversed().map((one) => [keyOf(one), one]));
    known.set(list, index);
    return index.get(key) ?? null;
  };
}
