import { loggable } from '../../core/log.ts';
import type { CardMessage } from '../../message/card-data.ts';
import type { RenderContext } from '../../message/card-data.ts';
import { words } from '../../message/words.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import { operationById } from '../../store/operations.ts';
import { conversationById } from '../../store/conversations.ts';
import type { Queries } from '../../store/database.ts';
import type { Deps } from '../deps.ts';
import type { LiveOperation } from '../live-operation.ts';
import type { OutgoingMessage } from '../port.ts';
import { renderContextIn } from '../render-context.ts';
import { renderMessage, renderOperation } from '../render-message.ts';
import { withFollowed } from '../rights/job-starter.ts';
import { forOwner } from '../rights/may-open.ts';
import { unreadableCard } from './close-unreadable.ts';

/** An operation's card, by its current state in the database; null if there is no such operation. */
export async function operationCardNow(deps: Deps, q: Queries, id: string): Promise<OutgoingMessage | null> {
  const operation = await operationById(q, id);
  if (!operation) return null;
  const context = renderContextIn(deps, operation.conversationId, operation);
  const live = readOperation(operation);
  if (!live) return renderMessage(unreadableCard(context), context);
  const draw = await drawerOf(deps, q, live);
  return drawnOr(deps, live, { draw, instead: () => renderMessage(undrawnCard(live, context), context) });
}

/** What renders an operation's card, with everything that it needs of the database. */
export async function drawerOf(deps: Deps, q: Queries, operation: LiveOperation): Promise<() => OutgoingMessage> {
  const followed = await withFollowed(q, operation);
  const context = renderContextIn(deps, operation.conversationId, operation);
  const at = await conversationById(q, operation.conversationId);
  const owned = (card: CardMessage) => (at === null ? card : forOwner(deps, card, at));
  return () => renderOperation(followed, { context, now: deps.clock.now(), forOwner: owned });
}

type Drawing<T> = { readonly draw: () => T; readonly instead: () => T };

/**
 * What `draw` makes of an operation. If the program fails at it, the log has the error and `instead` is shown: a card
 * that can't be drawn must neither hold up the work that it shows nor leave people waiting for it.
 */
export function drawnOr<T>(deps: Deps, { id }: Pick<LiveOperation, 'id'>, { draw, instead }: Drawing<T>): T {
  try {
    return draw();
  } catch (error) {
    deps.log.error({ ...loggable(error), operation: id }, 'the card of an operation could not be drawn');
    return instead();
  }
}

/** The card of an operation whose own card can't be drawn. */
export function undrawnCard(
  { plan, status }: Pick<LiveOperation, 'plan' | 'status'>,
  context: RenderContext,
): CardMessage {
  const said = words(context);
  const isRunning = status === 'running';
  const title = said.say('undrawn.title', { vm: subjectOf(said, plan) });
  const text = [said.say(isRunning ? 'undrawn.runs' : 'undrawn.ended')];
  return { template: 'notice', data: { mark: isRunning ? 'busy' : 'unknown', title, text } };
}
