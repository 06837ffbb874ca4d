/**
 * What a table has under a name that somebody else chose. A plain index would also find what every object inherits:
 * `constructor`, `toString`, `__proto__`. test/architecture.test.ts insists on it.
 */
export function ownOf<T>(table: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
