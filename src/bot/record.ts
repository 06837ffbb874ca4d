import { chain } from '../audit/chain.ts';
import type { Actor } from '../core/person.ts';
import { insertAudit, lockAudit, newestAudit } from '../store/audit.ts';
import type { Queries } from '../store/database.ts';

/** The fields of an operation that every audit entry about it carries. */
type RecordedOperation = {
  /** Null: nothing runs yet. */
  readonly id: string | null;
  readonly digest: string;
  readonly requester: Actor;
};

/** Adds an entry to the audit log, in the transaction of what it records (I4). */
export async function record(
  q: Queries,
  entry: { readonly now: Date; readonly what: string; readonly operation: RecordedOperation; readonly detail: object },
): Promise<void> {
  await lockAudit(q);
  const { id, digest, requester } = entry.operation;
  const told = { what: entry.what, operation: id, digest, requester, ...entry.detail };
  await insertAudit(q, chain(await newestAudit(q), told, entry.now));
}
