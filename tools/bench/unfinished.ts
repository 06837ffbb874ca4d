import type { Queries } from '../../src/store/database.ts';

/** How much isn't done yet. A message that was given up, and one in a blocked conversation, don't count. */
export type Unfinished = { readonly operations: number; readonly messages: number; readonly looks: number };

/** Counts it. */
export async function unfinished(q: Queries): Promise<Unfinished> {
  const operations = await q.selectFrom('operation').select('id').where('status', '=', 'running').execute();
  const looks = await q.selectFrom('dialog').select('id').where('look', 'is not', null).execute();
  const messages = await q
    .selectFrom('message')
    .innerJoin('conversation', 'conversation.id', 'message.conversation_id')
    .select('message.id')
    .whereRef('sent_rev', '<', 'wanted_rev')
    .where('ended', 'is', null)
    .where('blocked', '=', false)
    .execute();
  return { operations: operations.length, messages: messages.length, looks: looks.length };
}
