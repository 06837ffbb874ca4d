/** The outbox: which messages aren't sent in their newest state, in which order they go, and when the next one may. */
import { sql } from 'kysely';
import type { Queries } from './database.ts';
import { hasCome, msUntil } from './due.ts';
import type { StoredMessage } from './messages.ts';

/**
 * The first message of a conversation that isn't sent in its newest state, with the time until it may be sent: in the
 * order of enqueueing, so an unposted message delays later ones; but one that waits for another's newest state (`after`
 * in the desired state) delays nothing.
 */
export async function nextUnsent(q: Queries, conversationId: string): Promise<StoredMessage | null> {
  const next = sql<string>`coalesce(${firstPost(q, conversationId)}, ${firstEdit(q, conversationId)})`;
  const row = await asUnsent(q).where('id', '=', next).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** What can also be answered elsewhere (`opening` or `aside` in the desired state), and isn't posted; oldest first. */
export async function unsentWithAside(q: Queries, conversationId: string): Promise<StoredMessage[]> {
  const posts = unsent(q, conversationId).where('platform_id', 'is', null);
  const found = posts.where(sql<boolean>`wanted ?| array['opening', 'aside']`);
  return (await asUnsent(q).where('id', 'in', found).orderBy('seq').execute()).map(fromRow);
}

function asUnsent(q: Queries) {
  return q
    .selectFrom('message')
    .select(['id', 'conversation_id as conversationId', 'private_to as privateTo', 'wanted as desired'])
    .select(['wanted_rev as desiredRev', 'sent_rev as sentRev', 'platform_id as platformId', 'posting', 'tries'])
    .select(askedHere.as('asked'))
    .select(msUntil(mayGoAt).as('wait'))
    .select(nothingElse.as('isLast'));
}

type Row = Awaited<ReturnType<ReturnType<typeof asUnsent>['executeTakeFirstOrThrow']>>;

function fromRow({ asked, wait, ...row }: Row): StoredMessage {
  return { ...row, asked: asked as string[], waitMs: Math.ceil(Number(wait)) };
}

/** Only the first of many pending posts is read, by the index: a channel may have hundreds of them. */
function firstPost(q: Queries, conversationId: string) {
  return unsent(q, conversationId).where('platform_id', 'is', null).orderBy('seq').limit(1);
}

function firstEdit(q: Queries, conversationId: string) {
  return unsent(q, conversationId).where('platform_id', 'is not', null).orderBy(mayGoAt).limit(1);
}

function unsent(q: Queries, conversationId: string) {
  return q
    .selectFrom('message')
    .select('message.id')
    .where('conversation_id', '=', conversationId)
    .whereRef('sent_rev', '<', 'wanted_rev')
    .where('ended', 'is', null)
    .where(itsTimeHasCome);
}

const nothingElse = sql<boolean>`not exists (select from message as other
  where other.conversation_id = message.conversation_id and other.id <> message.id
    and other.sent_rev < other.wanted_rev and other.ended is null)`;

const mayGoAt = sql`greatest(due_at, sent_at)`;

/** What follows another message answers the same as that one. */
const askedHere = sql<unknown>`message.asked || coalesce(
  (select before.asked from message as before where before.id = (message.wanted ->> 'after')::uuid), '[]')`;

/** A message may name another one that must be sent in its newest state before it, or have ended. */
const itsTimeHasCome = sql<boolean>`not exists (select 1 from message as before
  where before.id = (message.wanted ->> 'after')::uuid and before.sent_rev < before.wanted_rev and before.ended is null)`;

/** Conversations in which something pending is due. */
export function conversationsToDeliver(q: Queries, limit: number) {
  return q
    .selectFrom('message')
    .innerJoin('conversation', 'conversation.id', 'message.conversation_id')
    .select('message.conversation_id')
    .distinct()
    .whereRef('sent_rev', '<', 'wanted_rev')
    .where('ended', 'is', null)
    .where('blocked', '=', false)
    .where(hasCome('due_at'))
    .limit(limit);
}
