import { digestOf } from '../core/digest.ts';
import type { Queries } from '../store/database.ts';
import { messageById, setDesiredState } from '../store/messages.ts';
import type { OutgoingMessage } from './port.ts';

/** Sets the desired state of a message; false if it already has that state. */
export async function updateIfChanged(q: Queries, messageId: string, drawn: OutgoingMessage): Promise<boolean> {
  const shown = await messageById(q, messageId);
  if (digestOf(shown?.desired) === digestOf(drawn)) return false;
  await setDesiredState(q, messageId, drawn);
  return true;
}
