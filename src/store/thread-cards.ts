import { sql } from 'kysely';
import type { Queries } from './database.ts';

/**
 * A card of a thread; `desired`: of its desired state the verdict, and what the operation on it does; `isSent`: it
 * shows that state.
 */
export type StoredCard = { readonly answersRoot: boolean; readonly isSent: boolean; readonly desired: unknown };

/** A thread, by its conversation and its root, and the revision of a message that was sent there but not yet noted. */
type Thread = {
  readonly conversationId: string;
  readonly root: string;
  readonly sent: { readonly id: string; readonly rev: number };
};

/** The cards of a thread that answer its root, and those of operations, in the order in which they were enqueued. */
export async function threadCards(q: Queries, { conversationId, root, sent }: Thread): Promise<readonly StoredCard[]> {
  const answersRoot = sql<boolean>`asked @> to_jsonb(${root}::text)`;
  // Without the card itself, which is large.
  const desired = sql<unknown>`jsonb_build_object(
    'mark', wanted -> 'mark', 'summary', wanted -> 'summary', 'does', wanted -> 'does')`;
  const isSent = sql<boolean>`(sent_rev >= wanted_rev or ended is not null
    or (id = ${sent.id} and wanted_rev = ${sent.rev}))`;
  return q
    .selectFrom('message')
    .select([answersRoot.as('answersRoot'), isSent.as('isSent'), desired.as('desired')])
    .where('conversation_id', '=', conversationId)
    .where('private_to', 'is', null)
    .where(sql<boolean>`wanted ? 'mark'`)
    .where(sql<boolean>`(wanted ? 'does' or ${answersRoot})`)
    .orderBy('seq')
    .execute();
}
