import { digestOf } from '../core/digest.ts';
import type { Queries } from '../store/database.ts';
import { messageById, wantState } from '../store/messages.ts';
import type { Drawn } from './port.ts';

/** Wants this state of a message, where it differs from what is wanted already. */
export async function wantIfOther(q: Queries, messageId: string, drawn: Drawn): Promise<void> {
  const shown = await messageById(q, messageId);
  if (digestOf(shown?.wanted) !== digestOf(drawn)) await wantState(q, messageId, drawn);
}
