import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** Whether it was started by break-glass and not reviewed yet. */
export const isForReview = sql<boolean>`(state = 'started' and glass is not null and glass ->> 'review' is null)`;

/**
 * Counts one more break-glass in this month (UTC, by the database's time), unless there were `limit` already; false
 * where there were. A mutex until the transaction ends, so that two at once do not both take the last one.
 */
export async function countBreakGlass(q: Queries, id: string, limit: number): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(7209515)`.execute(q);
  if ((await breakGlassThisMonth(q)) >= limit) return false;
  await q.insertInto('break_glass').values({ request_id: id }).execute();
  return true;
}

/** How often the glass was broken this month (UTC, by the database's time). */
export const brokenThisMonth = sql<number>`(select count(*)::int from break_glass
  where at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC')`;

/** The same, read on its own. */
async function breakGlassThisMonth(q: Queries): Promise<number> {
  return (await q.selectNoFrom(brokenThisMonth.as('times')).executeTakeFirstOrThrow()).times;
}

/** How often the glass was broken this month, and how many starts of all times are not reviewed yet. */
export async function breakGlassCounts(q: Queries): Promise<{ readonly used: number; readonly toReview: number }> {
  const { toReview } = await q
    .selectFrom('approval_request')
    .select(({ fn }) => fn.countAll<string>().as('toReview'))
    .where(isForReview)
    .executeTakeFirstOrThrow();
  return { used: await breakGlassThisMonth(q), toReview: Number(toReview) };
}
