import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** A card of a thread; `desired`: of its desired state the verdict, and what the operation on it does. */
export type StoredCard = { readonly answersRoot: boolean; readonly desired: unknown };

/** The cards of a thread that answer its root, and those of operations, in the order in which they were enqueued. */
export async function threadCards(
  q: Queries,
  { conversationId, root }: { readonly conversationId: string; readonly root: string },
): Promise<readonly StoredCard[]> {
  const answersRoot = sql<boolean>`asked @> to_jsonb(${root}::text)`;
  // Without the card itself, which is large.
  const desired = sql<unknown>`jsonb_build_object(
    'mark', wanted -> 'mark', 'summary', wanted -> 'summary', 'does', wanted -> 'does')`;
  return q
    .selectFrom('message')
    .select([answersRoot.as('answersRoot'), desired.as('desired')])
    .where('conversation_id', '=', conversationId)
    .where('private_to', 'is', null)
    .where(sql<boolean>`wanted ? 'mark'`)
    .where(sql<boolean>`(wanted ? 'does' or ${answersRoot})`)
    .orderBy('seq')
    .execute();
}
