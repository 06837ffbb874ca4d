import { sql } from 'kysely';
import { json, type Queries } from './database.ts';
import { pipeline } from './pipeline.ts';

/**
 * Writes an event's key down. Where it is there already the event was taken before: then this fails, or what comes
 * after it in its transaction, with what `isRepeat` knows.
 */
export async function takeInbound(q: Queries, key: string): Promise<void> {
  await pipeline(q, sql`insert into inbound (key) values (${key})`);
}

/** Whether this failed because the event was taken before. */
export function isRepeat(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === '23505' && constraint === 'inbound_pkey';
}

/** Keeps the answer that an event got, for its repeats. */
export async function keepAnswer(q: Queries, key: string, answer: unknown): Promise<void> {
  const statement = q
    .updateTable('inbound')
    .set({ answer: json(answer) })
    .where('key', '=', key);
  await pipeline(q, statement);
}

/** The answer that an event got; undefined where it was never taken, null where it has none. */
export async function answerOf(q: Queries, key: string): Promise<unknown> {
  const row = await q.selectFrom('inbound').select('answer').where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : row.answer;
}

/** Forgets keys that no platform repeats any more. */
export async function forgetInbound(q: Queries, before: Date, limit: number): Promise<void> {
  const old = q.selectFrom('inbound').select('key').where('at', '<', before).orderBy('at').limit(limit);
  await q.deleteFrom('inbound').where('key', 'in', old).execute();
}
