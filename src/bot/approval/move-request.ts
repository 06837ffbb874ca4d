/**
 * Every move of a request: what it comes to is stored, told, and carried over to the dialog that waits for it, in one
 * transaction.
 */
import { decideOn, type ApprovalEvent } from '../../approval/decide.ts';
import { openUntil, type ApprovalRequest } from '../../approval/request.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import { isLive, type DialogEvent } from '../../dialog/advance.ts';
import { words } from '../../message/words.ts';
import { subjectOf } from '../../operations/cards/approval-card.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { saveRequest, type StoredRequest } from '../../store/approvals.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Deps, Unit, Within } from '../deps.ts';
import { moveDialog } from '../dialog-turn.ts';
import { renderContextOf } from '../render-context.ts';
import { renderPing } from '../render-message.ts';
import { loadDialog } from '../stored-dialog.ts';
import { recordMove } from './record-move.ts';
import { showRequest } from './show-request.ts';

/** Moves a request by one event, or refuses it. The request was read `toMove`. */
export async function moveRequest(
  within: Within,
  stored: StoredRequest,
  event: ApprovalEvent,
): Promise<StoredRequest | Refusal> {
  const { deps, unit } = within;
  const moved = decideOn(stored.request, event, { now: stored.now, here: deps.clock.now() });
  if (isRefusal(moved)) return moved;
  const next = { ...stored, request: moved };
  await saveRequest(unit.q, moved, { openUntil: openUntil(moved) });
  await recordMove(within, next, event.kind);
  await tellDialog(deps, unit, next);
  await showRequest(deps, unit, next);
  await tellRequester(deps, unit, next);
  return next;
}

/** The dialog goes on where its plan is approved, and ends where it will not be. */
async function tellDialog(deps: Deps, unit: Unit, { request, dialogId }: StoredRequest): Promise<void> {
  const event = dialogEventOf(request);
  const dialog = event && (await loadDialog(unit.q, dialogId));
  if (!event || !dialog || !isLive(dialog.state)) return;
  const moved = await moveDialog(deps, unit, { dialog, event, actor: null, rights: null });
  if (isRefusal(moved)) throw new Error(`a dialog does not follow its request: ${moved.refused}`);
}

function dialogEventOf({ state, terms }: ApprovalRequest): DialogEvent | null {
  if (state === 'approved' && terms.startedBy === 'requester') return null;
  if (state === 'pending' || state === 'started' || state === 'superseded') return null;
  if (state === 'approved') return { kind: 'approved' };
  return state === 'expired' ? { kind: 'expire' } : { kind: 'cancel', revision: 'typed' };
}

/** Whether whoever asked is told: it came to nothing, and not by them; or it waits for them to start it. */
function isTold({ state, terms }: ApprovalRequest): boolean {
  if (state === 'approved') return terms.startedBy === 'requester';
  return state === 'denied' || state === 'expired' || state === 'revoked' || state === 'superseded';
}

/** An edited card notifies nobody, so whoever asked is mentioned. */
async function tellRequester(deps: Deps, unit: Unit, stored: StoredRequest): Promise<void> {
  const { request, requestedBy, dialogId } = stored;
  if (!isTold(request)) return;
  const dialog = await loadDialog(unit.q, dialogId);
  if (!dialog) return;
  const said = words(renderContextOf(deps, dialog));
  const last = request.votes.at(-1);
  const text = said.say('request.told', {
    vm: subjectOf(said, readPlan(stored.plan)),
    state: request.state,
    who: last?.name ?? '',
    reason: last?.reason ?? '',
  });
  const { conversationId, messageId } = dialog;
  const desired = { ...renderPing(requestedBy, text), after: messageId };
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId, desired });
  unit.wake({ to: 'deliver', id: conversationId });
}
