/** The messages that show a request, and whom it couldn't be sent to. */
import { sql } from 'kysely';
import type { RequestCopy, Unreached } from './approvals.ts';
import { json, type Queries } from './database.ts';
import { fromNow } from './due.ts';

/** Notes another message that shows a request. It was read `toMove`. */
export async function addCopy(q: Queries, id: string, copy: RequestCopy): Promise<void> {
  const copies = sql<string>`copies || ${json([copy])}::jsonb`;
  await q.updateTable('approval_request').set({ copies }).where('id', '=', id).execute();
}

/** Forgets such a message. */
export async function removeCopy(q: Queries, id: string, message: string): Promise<void> {
  const copies = sql<string>`jsonb_path_query_array(copies, '$[*] ? (@.message != $id)', ${json({ id: message })}::jsonb)`;
  await q.updateTable('approval_request').set({ copies }).where('id', '=', id).execute();
}

/** Notes who still isn't reached, and when opening their chats is tried again; null: not again. */
export async function noteUnreached(
  q: Queries,
  id: string,
  { unreached, inMs }: { readonly unreached: readonly Unreached[]; readonly inMs: number | null },
): Promise<void> {
  const reach_at = inMs === null ? null : fromNow(inMs);
  await q
    .updateTable('approval_request')
    .set({ unreached: json(unreached), reach_at })
    .where('id', '=', id)
    .execute();
}
