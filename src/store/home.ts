import { sql } from 'kysely';
import type { Queries } from './database.ts';
import { operationColumns, operationFrom, type StoredOperation } from './operations.ts';

/** An operation with what its card says in the language of its conversation. */
export type ToldOperation = StoredOperation & { readonly says: string };

/** The newest few, and the total number. */
export type Newest<T> = { readonly list: readonly T[]; readonly all: number };

const says = sql<string>`coalesce(message.wanted->>'summary', message.wanted->>'text', '')`;

const inAll = sql<string>`count(*) over ()`;

function newest<Row extends { all: string }, T>(rows: readonly Row[], read: (row: Row) => T): Newest<T> {
  return { list: rows.map(read), all: Number(rows[0]?.all ?? 0) };
}

/** Which operations: those of one person, or those in one of these states; `hours`: started since then. */
type Wanted = {
  readonly by?: string;
  readonly statuses?: readonly string[];
  readonly hours?: number;
  readonly limit: number;
};

/** Operations, newest first. */
export async function toldOperations(q: Queries, wanted: Wanted): Promise<Newest<ToldOperation>> {
  const { by, statuses, hours, limit } = wanted;
  const rows = await q
    .selectFrom('operation')
    .innerJoin('message', 'message.id', 'operation.message_id')
    .select(operationColumns)
    .select([says.as('says'), inAll.as('all')])
    .where(sql<boolean>`(${by ?? null}::text is null or operation.requester->>'id' = ${by ?? null})`)
    .$if(statuses !== undefined, (all) => all.where('operation.status', 'in', [...(statuses ?? [])]))
    .where(
      sql<boolean>`(${hours ?? null}::int is null or operation.created_at > now() - ${hours ?? 0} * interval '1 hour')`,
    )
    .orderBy('operation.created_at', 'desc')
    .limit(limit)
    .execute();
  return newest(rows, (row) => ({ ...operationFrom(row), says: row.says }));
}

/** A job of a vault, as it was last seen. */
export type SeenJob = {
  readonly id: string;
  readonly vm: string;
  readonly operation: string;
  readonly startedAt: Date | null;
  /** As Azure lists it. */
  readonly body: unknown;
};

/** The jobs in that state that started within these hours, newest first; those with the same time by name. */
export async function seenJobs(q: Queries, statuses: readonly string[], hours: number): Promise<SeenJob[]> {
  return q
    .selectFrom('job')
    .select(['id', 'vm_name as vm', 'operation', 'started_at as startedAt', 'body'])
    .where('status', 'in', [...statuses])
    .where(sql<boolean>`started_at > now() - ${hours} * interval '1 hour'`)
    .orderBy('started_at', 'desc')
    .orderBy('vm_name')
    .limit(50)
    .execute();
}

/** The names of the listed Recovery Services vaults whose jobs weren't read within this time, or never. */
export async function unreadVaults(q: Queries, withinMs: number): Promise<string[]> {
  const rows = await q
    .selectFrom('inventory')
    .leftJoin('vault_poll', (join) => join.on(sql<boolean>`lower(vault_poll.vault_id) = inventory.key`))
    .select(sql<string>`inventory.body->>'name'`.as('name'))
    .where('inventory.kind', '=', 'vault')
    .where(sql<boolean>`(polled_at is null or polled_at < now() - ${withinMs} * interval '1 millisecond')`)
    .orderBy('inventory.name')
    .execute();
  return rows.map(({ name }) => name);
}
