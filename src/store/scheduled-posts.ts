import { sql } from 'kysely';
import { json, type Queries } from './database.ts';
import { hasCome, isFree } from './due.ts';

/** What is posted by the clock. */
export type ScheduledKind = 'forecast' | 'digest' | 'secrets';

/** Some looks are a day apart, so each row has how long it was put off. */
const isDue = (earlyMs = 0) => hasCome('due_at', earlyMs, sql.ref('put_off'));

/** The kinds for which somebody is to look whether a post is due, and nobody does. */
export function looksDue(q: Queries) {
  return q.selectFrom('scheduled_look').select('kind').where(isDue()).where(isFree());
}

/** Claims the look at a kind; null where it is not due, or somebody else looks. */
export async function claimLook(q: Queries, kind: string, forMs: number): Promise<{ fence: number } | null> {
  const row = await q
    .updateTable('scheduled_look')
    .set({ fence: sql`fence + 1`, held_until: sql`now() + ${forMs} * interval '1 millisecond'` })
    .where('kind', '=', kind)
    .where(isDue(20))
    .where(isFree())
    .returning('fence')
    .executeTakeFirst();
  return row ?? null;
}

/** Ends a look and says when the next one is due; nothing where the claim is gone. */
export async function endLook(q: Queries, claim: { kind: string; fence: number }, nextInMs: number): Promise<void> {
  const put_off = sql<string>`${nextInMs} * interval '1 millisecond'`;
  await q
    .updateTable('scheduled_look')
    .set({ held_until: null, due_at: sql`now() + ${put_off}`, put_off })
    .where('kind', '=', claim.kind)
    .where('fence', '=', claim.fence)
    .execute();
}

/** Makes the next look at a kind due now, also while one is under way: it may have seen what was before. */
export async function expediteLook(q: Queries, kind: string): Promise<void> {
  await q
    .updateTable('scheduled_look')
    .set({ fence: sql`fence + 1`, held_until: null, due_at: sql<Date>`now()` })
    .where('kind', '=', kind)
    .execute();
}

/** What is known of a post at a place. `told`: what its readers know from the one before. */
export type ScheduledPost = {
  readonly since: Date;
  readonly madeFor: string | null;
  readonly told: Readonly<Record<string, string>>;
};

type Place = { readonly kind: ScheduledKind; readonly conversation: string };

/** Reads it; a place that is new begins with this. Nobody else changes it until the transaction ends. */
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

/** Notes that it was made for a day, and what its readers know now. */
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
