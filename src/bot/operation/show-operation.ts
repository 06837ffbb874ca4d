import { words } from '../../message/words.ts';
import { pingOf, waitPing } from '../../operations/cards/operation-card.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import { failedStatuses, type PartStates } from '../../operations/wording/progress.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Deps, Unit } from '../deps.ts';
import { drawerOf, drawnOr, undrawnCard } from './operation-now.ts';
import { mentionOf, messageAbout, renderMessage } from '../render-message.ts';
import type { LiveOperation } from '../live-operation.ts';
import type { OutgoingMessage } from '../port.ts';
import { updateIfChanged } from '../update-if-changed.ts';
import { renderContextIn } from '../render-context.ts';

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
  const isRunning = operation.status === 'running';
  const drawCard = await drawerOf(deps, unit.q, operation);
  const draw = () => ({ drawn: drawCard(), ping: isRunning ? waitPing(drawing, before) : pingOf(drawing) });
  const instead = () => ({
    drawn: renderMessage(undrawnCard(operation, context), context),
    ping: isRunning ? null : drawing.words.say('undrawn.told', { vm: subjectOf(drawing.words, operation.plan) }),
  });
  const { drawn, ping } = drawnOr(deps, operation, { draw, instead });
  await updateIfChanged(unit.q, operation.messageId, drawn);
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
