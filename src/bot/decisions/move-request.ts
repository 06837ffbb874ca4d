/**
 * Every change of a request: the result is stored, announced, and passed on to the dialog that waits for it, in one
 * transaction.
 */
import { decideOn, type ApprovalEvent } from '../../approval/decide.ts';
import { isHeld, openUntil, type ApprovalRequest } from '../../approval/request.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { isLive, type DialogEvent } from '../../dialog/advance.ts';
import { saveRequest, type StoredRequest } from '../../store/approvals.ts';
import { countBreakGlass } from '../../store/break-glass.ts';
import { operationOfRequest } from '../../store/operations.ts';
import type { Deps, Unit, Within } from '../deps.ts';
import { moveDialog } from '../dialog/dialog-turn.ts';
import { operationCardNow } from '../operation/operation-now.ts';
import { loadDialog } from '../stored-dialog.ts';
import { updateIfChanged } from '../update-if-changed.ts';
import { recordMove } from '../approval/record-move.ts';
import { showRequest } from '../approval/show-request.ts';
import { tellRequester } from '../approval/tell-requester.ts';

/** Moves a request by one event, or refuses it and writes nothing. The request was read with `toMove`. */
export async function moveRequest(
  within: Within,
  stored: StoredRequest,
  event: ApprovalEvent,
): Promise<StoredRequest | Refusal> {
  const { deps, unit } = within;
  const moved = decideOn(stored.request, event, { now: stored.now, here: deps.clock.now() });
  if (isRefusal(moved)) return moved;
  const limit = deps.breakGlass?.perMonth ?? 0;
  if (event.kind === 'break-glass' && !(await countBreakGlass(unit.q, moved.id, limit)))
    return refuse('break-glass-limit');
  const next = { ...stored, request: moved };
  await saveRequest(unit.q, moved, { openUntil: openUntil(moved) });
  await recordMove(within, next, event.kind);
  if (event.kind === 'review') await showReview(within, next);
  await tellDialog(deps, unit, next);
  await showRequest(deps, unit, next);
  await tellRequester(within, next);
  return next;
}

/** The card of the operation that it started shows the review. */
async function showReview({ deps, unit }: Within, { request }: StoredRequest): Promise<void> {
  const operation = await operationOfRequest(unit.q, request.id);
  const drawn = operation && (await operationCardNow(deps, unit.q, operation.id));
  if (!operation || !drawn) return;
  await updateIfChanged(unit.q, operation.messageId, drawn);
  unit.wake({ to: 'deliver', id: operation.conversationId });
}

/** The dialog continues if its plan is approved, and ends if it never will be. */
async function tellDialog(deps: Deps, unit: Unit, { request, dialogId }: StoredRequest): Promise<void> {
  const event = dialogEventOf(request);
  const dialog = event && (await loadDialog(unit.q, dialogId));
  if (!event || !dialog || !isLive(dialog.state)) return;
  const moved = await moveDialog(deps, unit, { dialog, event, actor: null, rights: null });
  if (isRefusal(moved)) throw new Error(`a dialog does not follow its request: ${moved.refused}`);
}

function dialogEventOf(request: ApprovalRequest): DialogEvent | null {
  const { state } = request;
  if (isHeld(request)) return null;
  if (state === 'pending' || state === 'started') return null;
  if (state === 'approved') return { kind: 'approved' };
  return state === 'expired' ? { kind: 'expire' } : { kind: 'cancel', revision: 'typed' };
}
