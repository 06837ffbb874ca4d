import { withFollowed } from './rights/job-starter.ts';
import { readOperation } from '../operations/stored-operation.ts';
import { operationById } from '../store/operations.ts';
import type { Queries } from '../store/database.ts';
import type { Deps } from './deps.ts';
import { unreadableCard } from './work/close-unreadable.ts';
import { renderMessage, renderOperation } from './render-message.ts';
import type { OutgoingMessage } from './port.ts';
import { renderContextIn } from './render-context.ts';

/** An operation's card, by its current state in the database; null if there is no such operation. */
export async function operationCardNow(deps: Deps, q: Queries, id: string): Promise<OutgoingMessage | null> {
  const operation = await operationById(q, id);
  if (!operation) return null;
  const context = renderContextIn(deps, operation.conversationId, operation);
  const live = readOperation(operation);
  const now = deps.clock.now();
  return live
    ? renderOperation(await withFollowed(q, live), { context, now })
    : renderMessage(unreadableCard(context), context);
}
