import { words } from '../message/words.ts';
import { drawOperation, pingOf } from '../operations/cards/operation-card.ts';
import { enqueueMessage } from '../store/messages.ts';
import type { Deps, Unit } from './deps.ts';
import { renderMessage, renderPing } from './render-message.ts';
import type { LiveOperation } from './live-operation.ts';
import type { OutgoingMessage } from './port.ts';
import { updateIfChanged } from './update-if-changed.ts';
import { renderContextIn } from './render-context.ts';

/**
 * Sets the desired state of an operation's card, where that differs from what is desired already; at its end also a
 * short new message that mentions who started it, once the card tells that end.
 */
export async function showOperation(deps: Deps, unit: Unit, operation: LiveOperation): Promise<void> {
  const context = renderContextIn(deps, operation.conversationId, operation);
  const drawn = renderMessage(drawOperation({ words: words(context), operation, now: deps.clock.now() }), context);
  await updateIfChanged(unit.q, operation.messageId, drawn);
  const ping =
    operation.status === 'running' ? null : pingOf({ words: words(context), operation, now: deps.clock.now() });
  if (ping) {
    const ends = operation.status === 'succeeded' ? 'done' : 'failed';
    // Whoever does not follow the thread has to know of a failure, too.
    const broadcast = operation.status === 'failed' && { broadcast: true as const };
    const desired: OutgoingMessage = {
      ...renderPing(operation.requester, ping),
      ends,
      ...broadcast,
      after: operation.messageId,
      linksAs: words(context).say('ping.open'),
    };
    await enqueueMessage(unit.q, { id: deps.newId(), conversationId: operation.conversationId, desired });
  }
  unit.wake({ to: 'deliver', id: operation.conversationId });
}
