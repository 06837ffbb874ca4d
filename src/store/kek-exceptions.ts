import { sql } from 'kysely';
import type { Queries } from './database.ts';

/**
 * An exception as stored: by the ID of the operation that created it, with the names of who requested and allowed it.
 * `guid` is what Azure calls the VM's `vmId`; null: it gave none.
 */
type Written = {
  readonly operation: string;
  readonly vm: { readonly id: string; readonly name: string };
  readonly guid: string | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly allowedBy: string;
  readonly until: string;
};

/** An exception in effect; `guid` null: unknown, or an older release stored it. */
type KekException = {
  readonly vmId: string;
  readonly vm: string;
  readonly guid: string | null;
  readonly since: string;
  readonly until: string;
  readonly by: string;
};

/** Stores an exception; a repeat changes nothing. */
export async function insertKekException(q: Queries, made: Written): Promise<void> {
  await q
    .insertInto('kek_exception')
    .values({
      operation_id: made.operation,
      vm_id: made.vm.id.toLowerCase(),
      vm_name: made.vm.name,
      vm_guid: made.guid,
      reason: made.reason,
      asked_by: made.askedBy,
      allowed_by: made.allowedBy,
      until: made.until,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The exceptions in effect now, by the database's time; those that end last come first. */
export async function kekExceptionsNow(q: Queries): Promise<KekException[]> {
  const found = await q
    .selectFrom('kek_exception')
    .select(['vm_id', 'vm_name', 'vm_guid', 'created_at', 'until', 'allowed_by'])
    .where('until', '>', sql<Date>`now()`)
    .where('ended_at', 'is', null)
    .orderBy('until', 'desc')
    .execute();
  return found.map((row) => ({
    vmId: row.vm_id,
    vm: row.vm_name,
    guid: row.vm_guid,
    since: row.created_at.toISOString(),
    until: row.until.toISOString(),
    by: row.allowed_by,
  }));
}

/** Ends a VM's exceptions in effect; `by` is a name. Resolves with the IDs of the operations that created them. */
export async function endKekExceptions(q: Queries, vmId: string, by: string): Promise<string[]> {
  const ended = await q
    .updateTable('kek_exception')
    .set({ ended_at: sql<Date>`now()`, ended_by: by })
    .where('vm_id', '=', vmId.toLowerCase())
    .where('until', '>', sql<Date>`now()`)
    .where('ended_at', 'is', null)
    .returning('operation_id')
    .execute();
  return ended.map(({ operation_id: operation }) => operation);
}
