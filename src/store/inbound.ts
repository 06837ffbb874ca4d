import type { Queries } from './database.ts';
import { json } from './database.ts';

/** Writes an event's key down; false where it is there already, so the event was taken before. */
export async function takeInbound(q: Queries, key: string): Promise<boolean> {
  const taken = await q
    .insertInto('inbound')
    .values({ key, answer: null })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst();
  return (taken.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Keeps the answer that an event got, for its repeats. */
export async function keepAnswer(q: Queries, key: string, answer: unknown): Promise<void> {
  await q
    .updateTable('inbound')
    .set({ answer: json(answer) })
    .where('key', '=', key)
    .execute();
}

/** The answer that an event got; undefined where it was never taken, null where it has none. */
export async function answerOf(q: Queries, key: string): Promise<unknown> {
  const row = await q.selectFrom('inbound').select('answer').where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : row.answer;
}

/** Forgets keys that no platform repeats any more. */
export async function forgetInbound(q: Queries, before: Date): Promise<void> {
  await q.deleteFrom('inbound').where('at', '<', before).execute();
}
