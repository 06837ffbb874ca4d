import { sql } from 'kysely';
import { json, type Queries } from './database.ts';
import { maxWaitMs } from './due.ts';
import { pipeline } from './pipeline.ts';

/**
 * Messages are kept as the state that is desired and the revision that was sent last; the difference is the outbox. So
 * a newer state of a card automatically replaces a waiting older one, and nothing is ever sent twice except in the one
 * gap between a post and the recording of its id.
 */
export type StoredMessage = {
  readonly id: string;
  readonly conversationId: string;
  readonly privateTo: string | null;
  /** The people's messages that this one answers, and those that the previous one does. */
  readonly asked: readonly string[];
  readonly desired: unknown;
  readonly desiredRev: number;
  readonly sentRev: number;
  readonly platformId: string | null;
  /** A post was started and its outcome was not recorded: it may exist. */
  readonly posting: boolean;
  readonly tries: number;
  readonly waitMs: number;
  /** Whether nothing else was pending in its conversation when it was read. */
  readonly isLast: boolean;
};

/** A message that doesn't exist yet. */
type NewMessage = {
  readonly id: string;
  readonly conversationId: string;
  readonly privateTo?: string | null;
  readonly asked?: string | undefined;
  readonly desired: unknown;
};

/** Enqueues a new message. */
export async function enqueueMessage(q: Queries, message: NewMessage): Promise<void> {
  const { id, conversationId, privateTo = null } = message;
  const asked = json(message.asked === undefined ? [] : [message.asked]);
  await pipeline(
    q,
    sql`insert into message (id, conversation_id, private_to, asked, wanted, wanted_rev)
      values (${id}, ${conversationId}, ${privateTo}, ${asked}, ${json(message.desired)}, 1)`,
  );
}

/** Sets a message's desired state. */
export async function setDesiredState(q: Queries, id: string, desired: unknown): Promise<void> {
  const next = { wanted: json(desired), wanted_rev: sql<number>`wanted_rev + 1` };
  const statement = q.updateTable('message').set(next).where('id', '=', id);
  await pipeline(q, statement);
}

/** Makes a message also answer what was asked in this one. */
export async function alsoAnswer(q: Queries, id: string, asked: string): Promise<void> {
  await q
    .updateTable('message')
    .set({ asked: sql`asked || to_jsonb(${asked}::text)` })
    .where('id', '=', id)
    .execute();
}

/** The conversation, platform id and desired state of a message. */
export async function messageById(
  q: Queries,
  id: string,
): Promise<{ conversationId: string; platformId: string | null; desired: unknown } | null> {
  const row = await q
    .selectFrom('message')
    .select(['conversation_id', 'platform_id', 'wanted'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? { conversationId: row.conversation_id, platformId: row.platform_id, desired: row.wanted } : null;
}

/** A message and its desired state, by its ID on the platform; null if there is none. */
export async function messageOnPlatform(
  q: Queries,
  conversationId: string,
  platformId: string,
): Promise<Pick<StoredMessage, 'id' | 'desired'> | null> {
  const row = await q
    .selectFrom('message')
    .select(['id', 'wanted'])
    .where('conversation_id', '=', conversationId)
    .where('platform_id', '=', platformId)
    .where(sql<boolean>`not wanted ? 'removed'`)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { id: row.id, desired: row.wanted } : null;
}

/** An attempt to send: its number, and when the next one may be made, unless it is recorded as sent before. */
type Try = { readonly tries: number; readonly againInMs: number };

/**
 * Records before a post that it is being sent; false if the claim on the conversation is lost. The next attempt is
 * already put off here: a post whose outcome can't be recorded is repeated only after a growing time.
 */
export async function notePosting(q: Queries, id: string, posting: Try & { fence: number }): Promise<boolean> {
  const done = await q
    .updateTable('message')
    .set({ posting: true, ...triedAs(posting) })
    .where('id', '=', id)
    .where(heldAt(posting.fence))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/**
 * What was sent: which state, as which message of the platform, and under which claim on the conversation; and the
 * time, on average, between two edits of one message.
 */
type Sent = {
  readonly rev: number;
  readonly platformId: string;
  readonly fence: number;
  readonly editGapMs: number;
};

/**
 * Records that a state was sent; false if another worker has the conversation by now, or has posted the message itself.
 * A token bucket of two edits: after a post, or a rest, the answer that is ready at once and the next one are not held
 * back; what comes after them waits for the gap. `sent_at` is when the next edit may go.
 */
export async function noteSent(q: Queries, id: string, sent: Sent): Promise<boolean> {
  const { rev, platformId, fence, editGapMs } = sent;
  const done = await q
    .updateTable('message')
    .set({
      sent_rev: rev,
      platform_id: platformId,
      posting: false,
      tries: 0,
      due_at: sql`clock_timestamp()`,
      sent_at: sql<Date | null>`case when platform_id is null then null else
        least(clock_timestamp() + ${gap(editGapMs)}, greatest(clock_timestamp(), sent_at + ${gap(editGapMs)})) end`,
    })
    .where('id', '=', id)
    .where(isOrBecomes(platformId))
    .where(heldAt(fence))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

function gap(ms: number) {
  return sql`${ms} * interval '1 millisecond'`;
}

/**
 * Records what was sent by a worker whose claim is lost. The first post that is recorded is the message: false if that
 * is another one. Two may have edited it in any order, so its newest state is sent again.
 */
export async function noteSentLate(q: Queries, id: string, sent: Pick<Sent, 'rev' | 'platformId'>): Promise<boolean> {
  const done = await q
    .updateTable('message')
    .set({
      sent_rev: sql`case when platform_id is null then ${sent.rev} else sent_rev end`,
      wanted_rev: sql`case when platform_id is null then wanted_rev else wanted_rev + 1 end`,
      platform_id: sent.platformId,
      posting: false,
      due_at: sql`clock_timestamp()`,
    })
    .where('id', '=', id)
    .where(isOrBecomes(sent.platformId))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/**
 * Enqueues the removal of a platform message that is no longer ours; as a separate row, so that it is tried until it
 * succeeds.
 */
export async function wantRemoval(q: Queries, gone: { id: string; conversationId: string; platformId: string }) {
  await q
    .insertInto('message')
    .values({
      id: gone.id,
      conversation_id: gone.conversationId,
      platform_id: gone.platformId,
      wanted: json({ removed: true }),
      wanted_rev: 1,
    })
    .execute();
}

/** Whether the only desired change of a message is its removal. */
export function isToBeRemoved({ desired }: Pick<StoredMessage, 'desired'>): boolean {
  return (desired as { removed?: unknown } | null)?.removed === true;
}

function isOrBecomes(platformId: string) {
  return sql<boolean>`(platform_id is null or platform_id = ${platformId})`;
}

function heldAt(fence: number) {
  return sql<boolean>`${fence} = (select held.fence from conversation as held where held.id = message.conversation_id)`;
}

function triedAs({ tries, againInMs }: Try) {
  return {
    tries,
    due_at: sql<Date>`clock_timestamp() + ${Math.min(againInMs, maxWaitMs)} * interval '1 millisecond'`,
  };
}

/** Records a failed attempt and when the next one may be made. */
export async function noteFailedSend(q: Queries, id: string, failed: Try): Promise<void> {
  await q.updateTable('message').set(triedAs(failed)).where('id', '=', id).execute();
}

/** Ends a message: it is never sent again. The operation it shows continues. */
export async function endMessage(q: Queries, id: string, why: string): Promise<void> {
  await q.updateTable('message').set({ ended: why }).where('id', '=', id).execute();
}

/** Whether the bot ever enqueued anything in a conversation. */
export async function hasSpoken(q: Queries, conversationId: string): Promise<boolean> {
  const row = await q
    .selectFrom('message')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
