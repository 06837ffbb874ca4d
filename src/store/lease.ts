/**
 * A lease on a row, which one process holds: until `held_until`, and under a `fence` that grows with each lease, so
 * that whoever lost theirs can change nothing any more.
 */
import { sql } from 'kysely';
import type { Queries } from './database.ts';
import { fromNow } from './due.ts';

/** The tables whose rows are leased, and the column that names a row. */
const leased = { conversation: 'id', operation: 'id', scheduled_look: 'kind', vault_poll: 'vault_id' } as const;
type Leased = keyof typeof leased;

/** Which row is held, and under which fence. */
export type Lease = { readonly key: string; readonly fence: number };

/** The columns of a row that is leased now for `forMs`; whether it is free is for the update to ask. */
export function leaseFor(forMs: number) {
  return { fence: sql<number>`fence + 1`, held_until: fromNow(forMs) };
}

/** Prolongs a lease to `forMs` from now; false if it is lost or has ended. */
export async function renewLease(q: Queries, table: Leased, lease: Lease & { forMs: number }): Promise<boolean> {
  return setHeldUntil(q, table, { ...lease, heldUntil: fromNow(lease.forMs) });
}

/** Ends a lease: from then on anybody can have it, whatever the clock shows. False if it is lost. */
export async function releaseLease(q: Queries, table: Leased, lease: Lease): Promise<boolean> {
  return setHeldUntil(q, table, { ...lease, heldUntil: sql<null>`null` });
}

type Until = Lease & { readonly heldUntil: ReturnType<typeof sql<Date | null>> };

async function setHeldUntil(q: Queries, table: Leased, { key, fence, heldUntil }: Until): Promise<boolean> {
  const done = await sql`update ${sql.table(table)} set held_until = ${heldUntil}
    where ${sql.ref(leased[table])} = ${key} and fence = ${fence} and held_until is not null`.execute(q);
  return (done.numAffectedRows ?? 0n) > 0n;
}
