import { words } from '../message/words.ts';
import { pingOf, waitPing } from '../operations/cards/operation-card.ts';
import { failedStatuses, type PartStates } from '../operations/cards/progress.ts';
import { enqueueMessage } from '../store/messages.ts';
import type { Deps, Unit } from './deps.ts';
import { mentionOf, messageAbout, renderOperation } from './render-message.ts';
import type { LiveOperation } from './live-operation.ts';
import type { OutgoingMessage } from './port.ts';
import { updateIfChanged } from './update-if-changed.ts';
import { withFollowed } from './rights/job-starter.ts';
import { renderContextIn } from './render-context.ts';

/**
 * Sets the desired state of an operation's card, if that differs from the current one. A short new message mentions the
 * person who started it when it ends, when it waits for a person, and when it continues after that.
 */
export async function showOperation(
  deps: Deps,
  unit: Unit,
  { operation, before }: { readonly operation: LiveOperation; readonly before: PartStates },
): Promise<void> {
  const context = renderContextIn(deps, operation.conversationId, operation);
  const drawing = { words: words(context), operation, now: deps.clock.now() };
  const drawn = renderOperation(await withFollowed(unit.q, operation), { context, now: drawing.now });
  await updateIfChanged(unit.q, operation.messageId, drawn);
  const isRunning = operation.status === 'running';
  const ping = isRunning ? waitPing(drawing, before) : pingOf(drawing);
  if (ping) {
    const ends = operation.status === 'succeeded' ? ('done' as const) : ('failed' as const);
    // People who don't follow the thread have to hear about a failure, too, also of a part.
    const broadcast = failedStatuses.includes(operation.status) && { broadcast: true as const };
    const desired: OutgoingMessage = {
      ...messageAbout({ ...drawing, messageId: operation.messageId }, ping, mentionOf(operation.requester)),
      ...(!isRunning && { ends }),
      ...broadcast,
    };
    await enqueueMessage(unit.q, { id: deps.newId(), conversationId: operation.conversationId, desired });
  }
  unit.wake({ to: 'deliver', id: operation.conversationId });
}
