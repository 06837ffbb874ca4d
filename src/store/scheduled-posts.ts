import { sql } from 'kysely';
import { json, type Queries } from './database.ts';
import { hasCome, isFree } from './due.ts';
import { leaseFor } from './lease.ts';

/** The kinds of scheduled posts. */
export type ScheduledKind = 'forecast' | 'digest' | 'secrets';

/** Some checks are a day apart, so each row has how long it was put off. */
const isDue = (earlyMs = 0) => hasCome('due_at', earlyMs, sql.ref('put_off'));

/** The kinds whose check is due and unclaimed. */
export function looksDue(q: Queries) {
  return q.selectFrom('scheduled_look').select('kind').where(isDue()).where(isFree());
}

/**
 * A claim on a check. `claims`: how often it was claimed since one last ended, with this one; without those that were
 * lost and whose process still lives.
 */
type LookClaim = { readonly fence: number; readonly claims: number };

/** Claims a kind's check; null if it isn't due, or somebody else has it. */
export async function claimLook(q: Queries, kind: string, forMs: number): Promise<LookClaim | null> {
  const row = await q
    .updateTable('scheduled_look')
    .set({
      ...leaseFor(forMs),
      claims: sql`claims + 1`,
    })
    .where('kind', '=', kind)
    .where(isDue(20))
    .where(isFree())
    .returning(['fence', 'claims'])
    .executeTakeFirst();
  return row ?? null;
}

/** Whose claim on which check. */
type HeldLook = { readonly kind: string; readonly fence: number };

/** The process of a claim that was lost still lives: that it began is no sign that the check ends processes. */
export async function outliveLook(q: Queries, kind: string): Promise<void> {
  const one = { claims: sql<number>`claims - 1` };
  await q.updateTable('scheduled_look').set(one).where('kind', '=', kind).where('claims', '>', 0).execute();
}

/** Under how many claims a check was begun since it last came to an end. */
export async function claimsOn(q: Queries, kind: string): Promise<number> {
  const row = await q.selectFrom('scheduled_look').select('claims').where('kind', '=', kind).executeTakeFirst();
  return row?.claims ?? 0;
}

/** Ends a check and sets when the next one is due; nothing if the claim is lost. */
export async function endLook(q: Queries, claim: HeldLook, nextInMs: number): Promise<void> {
  const put_off = sql<string>`${nextInMs} * interval '1 millisecond'`;
  await q
    .updateTable('scheduled_look')
    .set({ held_until: null, claims: 0, due_at: sql`now() + ${put_off}`, put_off })
    .where('kind', '=', claim.kind)
    .where('fence', '=', claim.fence)
    .execute();
}

/**
 * Makes a kind's next check due now, also during one: it may have seen the previous state. That one is overtaken on
 * purpose, so it doesn't count as one that never ended.
 */
export async function expediteLook(q: Queries, kind: string): Promise<void> {
  await q
    .updateTable('scheduled_look')
    .set({ fence: sql`fence + 1`, held_until: null, claims: 0, due_at: sql<Date>`now()` })
    .where('kind', '=', kind)
    .execute();
}

/** What is known about a channel's post. `told`: what its readers know from the previous one. */
export type ScheduledPost = {
  readonly since: Date;
  readonly madeFor: string | null;
  readonly told: Readonly<Record<string, string>>;
};

type Place = { readonly kind: ScheduledKind; readonly conversation: string };

/** Reads it; a new channel begins with this. It is locked until the transaction ends. */
export async function scheduledPost(q: Queries, { kind, conversation }: Place): Promise<ScheduledPost> {
  await q
    .insertInto('scheduled_post')
    .values({ kind, conversation_id: conversation })
    .onConflict((conflict) => conflict.columns(['kind', 'conversation_id']).doNothing())
    .execute();
  const row = await q
    .selectFrom('scheduled_post')
    .selectAll()
    .where('kind', '=', kind)
    .where('conversation_id', '=', conversation)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { since: row.since, madeFor: row.made_for, told: row.told as ScheduledPost['told'] };
}

/** Records that it was made for a day, and what its readers know now. */
export async function noteMade(
  q: Queries,
  { kind, conversation }: Place,
  made: { readonly day: string; readonly told: ScheduledPost['told'] },
): Promise<void> {
  await q
    .updateTable('scheduled_post')
    .set({ made_for: made.day, told: json(made.told) })
    .where('kind', '=', kind)
    .where('conversation_id', '=', conversation)
    .execute();
}
