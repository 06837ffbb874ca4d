import { sql } from 'kysely';
import { json, type Queries } from './database.ts';

/**
 * A line of the estate: its kind, its id as key, its name, and its facts. `unlisted`: a subscription that could not be
 * read; `whole`: there is none, neither of VMs nor of vaults.
 */
export type InventoryLine = {
  readonly kind: 'vm' | 'vault' | 'unlisted' | 'whole';
  readonly key: string;
  readonly name: string;
  readonly body: unknown;
};

/** What replaces the lines of these kinds; `kept`: of what could not be read, the lines of before stay. */
type Replacing = {
  readonly kinds: readonly InventoryLine['kind'][];
  readonly lines: readonly InventoryLine[];
  readonly kept?: readonly { readonly kind: InventoryLine['kind']; readonly subscription: string }[];
};

/**
 * Replaces what is known of the estate's kinds that were read. Only inside a transaction, else it throws: what it wrote
 * itself is told from what is old by the transaction's time, and without one it would delete everything.
 */
export async function replaceInventory(q: Queries, { kinds, lines, kept = [] }: Replacing): Promise<void> {
  if (!q.isTransaction) throw new TypeError('the inventory is replaced inside a transaction');
  for (let at = 0; at < lines.length; at += 500) {
    await q
      .insertInto('inventory')
      .values(lines.slice(at, at + 500).map((line) => ({ ...line, body: json(line.body), seen_at: sql<Date>`now()` })))
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

/** Lines of one kind whose name is this one, whatever its case. */
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

/** All lines of one kind. */
export async function inventoryOf(q: Queries, kind: InventoryLine['kind']): Promise<unknown[]> {
  const rows = await q.selectFrom('inventory').select('body').where('kind', '=', kind).orderBy('name').execute();
  return rows.map((row) => row.body);
}

/** Age of the inventory in milliseconds; null where there is none. */
export function inventoryAge(q: Queries) {
  const age = sql<number | null>`(extract(epoch from (now() - max(seen_at))) * 1000)::float8`;
  return q.selectFrom('inventory').select(age.as('age'));
}

/** The same, asked alone. */
export async function inventoryAgeMs(q: Queries): Promise<number | null> {
  return (await inventoryAge(q).executeTakeFirst())?.age ?? null;
}

/** When the list was read last; null where there is none. */
export async function inventoryListedAt(q: Queries): Promise<Date | null> {
  const row = await q
    .selectFrom('inventory')
    .select((is) => is.fn.max('seen_at').as('at'))
    .executeTakeFirst();
  return row?.at ?? null;
}
