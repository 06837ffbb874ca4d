import { sql } from 'kysely';
import { json, type Queries } from './database.ts';

/**
 * A line of the estate: its kind, its ID as key, its name, and its facts. `unlisted`: a subscription that couldn't be
 * read; `whole`: there is none, neither for VMs nor for vaults.
 */
export type InventoryLine = {
  readonly kind: 'vm' | 'vault' | 'unlisted' | 'whole';
  readonly key: string;
  readonly name: string;
  readonly body: unknown;
};

/** What replaces the lines of these kinds; `kept`: for what couldn't be read, the previous lines stay. */
type Replacing = {
  readonly kinds: readonly InventoryLine['kind'][];
  readonly lines: readonly InventoryLine[];
  readonly kept?: readonly { readonly kind: InventoryLine['kind']; readonly subscription: string }[];
};

/**
 * Replaces what is known about the kinds that were read. Throws outside of a transaction: it distinguishes its own rows
 * from old ones by the transaction's time, and would delete everything without one.
 */
export async function replaceInventory(q: Queries, { kinds, lines, kept = [] }: Replacing): Promise<void> {
  if (!q.isTransaction) throw new TypeError('the inventory is replaced inside a transaction');
  // Azure may list one resource twice while its pages are read; one statement can't write one row twice.
  const distinct = [...new Map(lines.map((line) => [`${line.kind} ${line.key}`, line])).values()];
  for (let at = 0; at < distinct.length; at += 500) {
    await q
      .insertInto('inventory')
      .values(
        distinct.slice(at, at + 500).map((line) => ({ ...line, body: json(line.body), seen_at: sql<Date>`now()` })),
      )
      .onConflict((conflict) =>
        conflict.columns(['kind', 'key']).doUpdateSet({
          name: (excluded) => excluded.ref('excluded.name'),
          body: (excluded) => excluded.ref('excluded.body'),
          seen_at: sql`now()`,
        }),
      )
      .execute();
  }
  await q
    .deleteFrom('inventory')
    .where('kind', 'in', [...kinds])
    .where('seen_at', '<', sql<Date>`now()`)
    .where((is) =>
      is.not(
        is.or(
          kept.map(({ kind, subscription }) =>
            is.and([
              is('kind', '=', kind),
              is(sql`starts_with(key, ${`/subscriptions/${subscription.toLowerCase()}/`})`, '=', true),
            ]),
          ),
        ),
      ),
    )
    .execute();
}

/** Lines of one kind with this name, whatever its case. */
export async function inventoryNamed(q: Queries, kind: InventoryLine['kind'], name: string): Promise<unknown[]> {
  const rows = await q
    .selectFrom('inventory')
    .select('body')
    .where('kind', '=', kind)
    .where('name', '=', name.toLowerCase())
    .orderBy('key')
    .execute();
  return rows.map((row) => row.body);
}

/** One line, with when Azure last listed it; null: there is none. */
export async function inventoryLine(
  q: Queries,
  kind: InventoryLine['kind'],
  key: string,
): Promise<{ readonly body: unknown; readonly at: Date } | null> {
  const line = q.selectFrom('inventory').select(['body', 'seen_at']).where('kind', '=', kind).where('key', '=', key);
  const row = await line.executeTakeFirst();
  return row ? { body: row.body, at: row.seen_at } : null;
}

/** The lines of one kind with these keys, by name. */
export async function inventoryAt(
  q: Queries,
  kind: InventoryLine['kind'],
  keys: readonly string[],
): Promise<unknown[]> {
  if (keys.length === 0) return [];
  const rows = await q
    .selectFrom('inventory')
    .select('body')
    .where('kind', '=', kind)
    .where(sql<boolean>`key in (select jsonb_array_elements_text(${json(keys)}::jsonb))`)
    .orderBy('name')
    .orderBy('key')
    .execute();
  return rows.map((row) => row.body);
}

/** All lines of one kind, by name, and namesakes by their ID: always in the same order. */
export async function inventoryOf(q: Queries, kind: InventoryLine['kind']): Promise<unknown[]> {
  const rows = await q
    .selectFrom('inventory')
    .select('body')
    .where('kind', '=', kind)
    .orderBy('name')
    .orderBy('key')
    .execute();
  return rows.map((row) => row.body);
}

/** The inventory's age in milliseconds; null if there is none. */
export function inventoryAge(q: Queries) {
  const age = sql<number | null>`(extract(epoch from (now() - max(seen_at))) * 1000)::float8`;
  return q.selectFrom('inventory').select(age.as('age'));
}

/** The same, as a query of its own. */
export async function inventoryAgeMs(q: Queries): Promise<number | null> {
  return (await inventoryAge(q).executeTakeFirst())?.age ?? null;
}

/** When the list was last read; null if there is none. */
export async function inventoryListedAt(q: Queries): Promise<Date | null> {
  const row = await q
    .selectFrom('inventory')
    .select((is) => is.fn.max('seen_at').as('at'))
    .executeTakeFirst();
  return row?.at ?? null;
}
