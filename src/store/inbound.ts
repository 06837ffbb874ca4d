import { sql } from 'kysely';
import { json, type Queries } from './database.ts';
import { before, type Keeping } from './forget.ts';
import { pipeline } from './pipeline.ts';

/**
 * Stores an event's key. If it exists, the event was claimed before: then this statement, or a later one in its
 * transaction, fails with what `isRepeat` recognises.
 */
export async function takeInbound(q: Queries, key: string): Promise<void> {
  await pipeline(q, sql`insert into inbound (key) values (${key})`);
}

/** Whether this failed because the event was claimed before. */
export function isRepeat(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '23505' && constraint === 'inbound_pkey';
}

/** Stores an event's answer, for its repeats. */
export async function keepAnswer(q: Queries, key: string, answer: unknown): Promise<void> {
  const statement = q
    .updateTable('inbound')
    .set({ answer: json(answer) })
    .where('key', '=', key);
  await pipeline(q, statement);
}

/** An event's answer; undefined if it was never claimed, null if it has none. */
export async function answerOf(q: Queries, key: string): Promise<unknown> {
  const row = await q.selectFrom('inbound').select('answer').where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : row.answer;
}

/** Deletes keys that no platform repeats any more, by the database's clock. */
export async function forgetInbound(q: Queries, { days, limit }: Keeping): Promise<void> {
  const old = q.selectFrom('inbound').select('key').where('at', '<', before(days)).orderBy('at').limit(limit);
  await q.deleteFrom('inbound').where('key', 'in', old).execute();
}
