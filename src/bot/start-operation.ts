import { planDigest } from '../operations/plan.ts';
import { firstStates } from '../operations/progress.ts';
import type { Known } from '../dialog/flow.ts';
import { conversationOf } from './conversations.ts';
import { runnerOf } from '../operations/list.ts';
import { drawOperation } from '../operations/operation-card.ts';
import { words } from '../message/words.ts';
import { insertOperation } from '../store/operations.ts';
import type { StoredDialog } from '../store/dialogs.ts';
import { setDesiredState } from '../store/messages.ts';
import { record } from './record.ts';
import type { Deps, Unit } from './deps.ts';
import { renderMessage } from './render-message.ts';
import type { OutgoingMessage } from './port.ts';
import { renderContextIn } from './render-context.ts';

/**
 * Freezes a finished dialog's plan as an operation, in the transaction that ends the dialog. A dialog starts one
 * operation, whatever happens; its card goes on as the operation's card.
 */
export async function startOperation(
  deps: Deps,
  unit: Unit,
  from: { readonly dialog: StoredDialog; readonly known: Known },
): Promise<OutgoingMessage> {
  const { dialog } = from;
  const plan = conversationOf(dialog.state.flow).conversation.plan?.(from.known);
  if (!plan) throw new Error(`the dialog ${dialog.state.flow} starts nothing`);
  const now = deps.clock.now();
  const operation = {
    id: deps.newId(),
    conversationId: dialog.conversationId,
    messageId: dialog.messageId,
    dialogId: dialog.id,
    status: 'running',
    plan,
    digest: planDigest(plan),
    parts: firstStates(plan, runnerOf, now),
    requester: dialog.actor,
    locale: dialog.locale,
    timeZone: dialog.timeZone,
  };
  if (await insertOperation(unit.q, operation)) {
    await record(unit.q, { now, what: 'started', operation, detail: { plan, openedBy: dialog.openedBy } });
    unit.wake({ to: 'advance', id: operation.id });
  }
  const context = renderContextIn(deps, dialog.conversationId, dialog);
  const card = drawOperation({
    words: words(context),
    operation: { ...operation, createdAt: now, cancelAsked: null },
    now,
  });
  const drawn = renderMessage(card, context);
  await setDesiredState(unit.q, dialog.messageId, drawn);
  unit.wake({ to: 'deliver', id: dialog.conversationId });
  return drawn;
}
