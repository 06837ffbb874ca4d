import { sql, type RawBuilder } from 'kysely';
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

/**
 * What replaces the lines of these kinds; `kept`: for what couldn't be read, the previous lines stay; `readAt`: when
 * the reading began, by the database's clock.
 */
type Replacing = {
  readonly readAt: string;
  readonly kinds: readonly InventoryLine['kind'][];
  readonly lines: readonly InventoryLine[];
  readonly kept?: readonly Kept[];
};

/** All of one kind in a subscription, or one line. */
type Kept =
  | { readonly kind: InventoryLine['kind']; readonly subscription: string }
  | { readonly kind: InventoryLine['kind']; readonly key: string };

type Began = RawBuilder<Date>;

/** The time by the database's clock, to the microsecond. */
export async function readingBegins(q: Queries): Promise<string> {
  const now = sql<string>`clock_timestamp()::text`;
  return (await q.selectNoFrom(now.as('at')).executeTakeFirstOrThrow()).at;
}

/**
 * Replaces what is known about the kinds that were read; false if a reading that began later is stored already: this
 * one took longer, and may be out of date. Throws outside of a transaction, where others could store theirs in between.
 */
export async function replaceInventory(q: Queries, { kinds, lines, kept = [], readAt }: Replacing): Promise<boolean> {
  if (!q.isTransaction) throw new TypeError('the inventory is replaced inside a transaction');
  await sql`lock table ${sql.table('inventory')} in share row exclusive mode`.execute(q);
  const began = sql<Date>`${readAt}::timestamptz`;
  if (await isLaterStored(q, began)) return false;
  await writeLines(q, lines, began);
  await removeOthers(q, { kinds, kept, began });
  return true;
}

/** One from the future was read before the clock was set back. */
async function isLaterStored(q: Queries, began: Began): Promise<boolean> {
  const now = sql<Date>`now()`;
  const later = q.selectFrom('inventory').select('key').where('seen_at', '>', began).where('seen_at', '<=', now);
  return (await later.limit(1).executeTakeFirst()) !== undefined;
}

async function writeLines(q: Queries, lines: Replacing['lines'], began: Began): Promise<void> {
  // Azure may list one resource twice while its pages are read; one statement can't write one row twice.
  const distinct = [...new Map(lines.map((line) => [`${line.kind} ${line.key}`, line])).values()];
  for (let at = 0; at < distinct.length; at += 500) {
    await q
      .insertInto('inventory')
      .values(distinct.slice(at, at + 500).map((line) => ({ ...line, body: json(line.body), seen_at: began })))
      .onConflict((conflict) =>
        conflict.columns(['kind', 'key']).doUpdateSet({
          name: (excluded) => excluded.ref('excluded.name'),
          body: (excluded) => excluded.ref('excluded.body'),
          seen_at: began,
        }),
      )
      .execute();
  }
}

/** What was not listed again, but for what couldn't be read. */
async function removeOthers(
  q: Queries,
  { kinds, kept, began }: Pick<Required<Replacing>, 'kinds' | 'kept'> & { readonly began: Began },
): Promise<void> {
  await q
    .deleteFrom('inventory')
    .where('kind', 'in', [...kinds])
    .where('seen_at', '<>', began)
    .where((is) =>
      is.not(
        is.or(
          kept.map((one) =>
            is.and([
              is('kind', '=', one.kind),
              'key' in one
                ? is('key', '=', one.key)
                : is(sql`starts_with(key, ${`/subscriptions/${one.subscription.toLowerCase()}/`})`, '=', true),
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
