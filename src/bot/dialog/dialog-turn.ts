/** Shared by the text turn, the click turn and the lookup worker: applying an event to a dialog, with its effects. */
import { parked } from '../../dialog/advance.ts';
import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import { words } from '../../message/words.ts';
import type { Mark } from '../../message/card-data.ts';
import { insertDialog, updateDialog, type StoredDialog } from '../../store/dialogs.ts';
import { enqueueMessage, setDesiredState } from '../../store/messages.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import { withPermissionHint } from '../rights/permission-hint.ts';
import {
  approvalFor,
  endRequestOf,
  leavesRequest,
  noteStarted,
  refuseAtStart,
  stillApproved,
  whyNotWithdrawn,
  type Starting,
  type Waits,
} from '../approval/start-approved.ts';
import { askForApproval } from '../approval/ask-for-approval.ts';
import { continuationBy } from '../approval/continuation.ts';
import { withGiven } from '../approval/request-fields.ts';
import { drawRequest, showRequest } from '../approval/show-request.ts';
import { tellObjections } from '../approval/tell-requester.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import type { Deps, PersonRights, Unit, Within } from '../deps.ts';
import { noteRefused } from '../note-refused.ts';
import { renderMessage, endBy } from '../render-message.ts';
import type { OutgoingMessage, End } from '../port.ts';
import { startOperation } from '../operation/start-operation.ts';
import { RevisionConflict } from '../turn-context.ts';
import { cardOf, withAsker } from './dialog-card.ts';
import { renderContextOf } from '../render-context.ts';
import { planLookedAt, transitionOf, withEffects, type Move, type Transition } from './transition.ts';

/** A dialog after an event, as its card now shows it, and why not everything was accepted. */
type Moved = { readonly dialog: StoredDialog; readonly drawn: OutgoingMessage; readonly because?: Refusal };

/**
 * Moves a dialog by one event inside the transaction: its next revision, its card, its wake-ups, its operation. If it
 * `isNew`, neither the dialog nor its message is in the database yet: both are written in their state after the event,
 * unless that is refused.
 */
export async function moveDialog(deps: Deps, unit: Unit, move: Move): Promise<Moved | Refusal> {
  const within = { deps, unit };
  const isEnded = move.event.kind === 'cancel' && move.actor !== null;
  const kept = isEnded ? await whyNotWithdrawn(unit, move.dialog, askerOf(move)) : null;
  if (kept) return kept;
  const now = transitionOf(deps, move);
  switch (now.to) {
    case 'nothing':
      return now.because;
    case 'part':
      return acceptPart(within, move, now);
    case 'hold':
      return keepWaiting(within, move, now);
    case 'refused-start':
      return refuseStart(within, move, now.because);
    case 'start':
      return startOrWait(within, move, now);
    case 'go-on': {
      const next = withEffects(deps, move, now.moved);
      await storeMoved(deps, unit, { move, next });
      const { isNew = false, asked, rights } = move;
      return redraw(deps, unit, { dialog: next, because: now.because, rights, isNew, asked });
    }
  }
}

type To<T extends Transition['to']> = Extract<Transition, { readonly to: T }>;

/** What can be accepted of the answers is, and the card says why not the rest. */
async function acceptPart({ deps, unit }: Within, move: Move, part: To<'part'>): Promise<Moved | Refusal> {
  const moved = await moveDialog(deps, unit, { ...move, event: part.event });
  if (isRefusal(moved)) return moved;
  return redraw(deps, unit, { dialog: moved.dialog, because: part.because, rights: move.rights });
}

/** A finished dialog's plan starts, or its request is made or waits on; a request for another plan is replaced. */
async function startOrWait(within: Within, move: Move, { moved, plan, terms }: To<'start'>): Promise<Moved | Refusal> {
  const { deps, unit } = within;
  const starting = startingOf(move, plan, terms);
  const resumes = await continuationBy(within, plan);
  if (isRefusal(resumes)) return refuseStart(within, move, resumes);
  const approved = await approvalFor(deps, unit, starting);
  if (isRefusal(approved)) return approved;
  if (approved.is === 'replaced') return moveDialog(deps, unit, { ...move, event: { kind: 'superseded' } });
  const waits = approved.is === 'ask' || approved.is === 'wait' ? approved : null;
  const next = withEffects(deps, move, waits ? parked(moved) : moved);
  await storeMoved(deps, unit, { move, next });
  if (waits) return showWaiting(within, move, { next, starting, waits });
  return startNow(within, move, { next, plan, resumes, request: approved.request ?? null });
}

/**
 * Writes a dialog's next revision, with the wake-up that it needs, unless somebody else wrote one since it was read.
 */
async function storeMoved(deps: Deps, unit: Unit, { move, next }: { move: Move; next: StoredDialog }): Promise<void> {
  const { dialog, event, actor } = move;
  const left = leavesRequest(dialog.state, next.state, actor !== null);
  if (left) await endRequestOf({ deps, unit }, dialog, { state: left, plan: planLookedAt(move) });
  if (move.isNew) await insertDialog(unit.q, next, deps.dialogHours);
  else if (!(await updateDialog(unit.q, next, { revision: dialog.state.revision, hours: deps.dialogHours })))
    throw new RevisionConflict(dialog.id);
  if (next.lookup) unit.wake({ to: 'lookup', id: next.id });
  else if (next.checksAgain && event.kind === 'found')
    unit.wake({ to: 'lookup', id: next.id, inMs: deps.waits.checkAgain });
}

type Waiting = { readonly next: StoredDialog; readonly starting: Starting; readonly waits: Waits };

/** A dialog's card becomes that of the request that it waits for. */
async function showWaiting({ deps, unit }: Within, move: Move, { next, starting, waits }: Waiting): Promise<Moved> {
  const request = waits.is === 'ask' ? await askForApproval({ deps, unit }, starting, waits.terms) : waits.request;
  const drawn = drawRequest(deps, request, { ...next, dialog: next });
  const { messageId: id, conversationId } = next;
  await (move.isNew
    ? enqueueMessage(unit.q, { id, conversationId, asked: move.asked, desired: drawn })
    : setDesiredState(unit.q, id, drawn));
  unit.wake({ to: 'deliver', id: conversationId });
  return { dialog: next, drawn };
}

/** What was approved and is refused at its start ends, and so does its request. */
async function refuseStart({ deps, unit }: Within, move: Move, because: Refusal): Promise<Moved | Refusal> {
  const event = { kind: 'cancel', revision: 'typed', because } as const;
  const end = () => moveDialog(deps, unit, { ...move, event });
  return (await refuseAtStart({ deps, unit }, { dialog: move.dialog, because }, end)) ?? because;
}

/** Azure refuses what was approved: the request waits for another try, unless the plan is another one by now. */
async function keepWaiting({ deps, unit }: Within, move: Move, { moved, plan }: To<'hold'>): Promise<Moved | Refusal> {
  const request = await stillApproved({ deps, unit }, move.dialog, plan);
  if (!request) return moveDialog(deps, unit, { ...move, event: { kind: 'superseded' } });
  const next = withEffects(deps, move, moved);
  await storeMoved(deps, unit, { move, next });
  await showRequest(deps, unit, request);
  // Somebody who tries again is looking at the card.
  if (!move.dialog.state.objections) await tellObjections({ deps, unit }, request, next);
  return { dialog: next, drawn: drawRequest(deps, request, { ...next, dialog: next }) };
}

type Ready = {
  readonly next: StoredDialog;
  readonly plan: Plan;
  readonly resumes: Exclude<Awaited<ReturnType<typeof continuationBy>>, Refusal>;
  readonly request: StoredRequest | null;
};

/** Starts a finished dialog's plan. A dialog starts at most one operation. */
async function startNow({ deps, unit }: Within, move: Move, ready: Ready): Promise<Moved> {
  const { next, plan, resumes, request } = ready;
  // An operation takes over the dialog's message, so that has to exist.
  if (move.isNew)
    await redraw(deps, unit, { dialog: next, because: null, rights: move.rights, isNew: true, asked: move.asked });
  const { actor, conversationId, messageId, locale, timeZone } = next;
  const place = { actor, conversationId, messageId, locale, timeZone };
  const start = { ...place, dialog: next, request, ...(resumes && { resumes }) };
  const { drawn, operationId } = await startOperation({ deps, unit }, plan, start);
  if (request) await noteStarted({ deps, unit }, request, operationId);
  return { dialog: next, drawn };
}

function startingOf(
  { dialog, actor, rights, given, voters = [] }: Move,
  plan: Plan,
  terms: ApprovalTerms | null,
): Starting {
  const asker = actor ?? dialog.actor;
  const named = { ...withGiven(dialog, given), actor: asker };
  return { dialog: named, plan, terms, requester: askerOf({ dialog, actor, rights }), voters };
}

/** Who acts, by their one ID on all platforms; if nobody does, the person who acted last. */
function askerOf({ dialog, actor, rights }: Pick<Move, 'dialog' | 'actor' | 'rights'>): string {
  return rights?.voter([]).person ?? (actor ?? dialog.actor).id;
}

/** Renders a dialog's card in its current state and sets that as the desired state of its message. */
export async function redraw(
  deps: Deps,
  unit: Unit,
  what: {
    readonly dialog: StoredDialog;
    readonly because: Refusal | null;
    readonly rights: PersonRights | null;
    readonly isNew?: boolean;
    readonly asked?: string | undefined;
  },
): Promise<Moved> {
  if (what.because) noteRefused({ deps, unit }, what.because, { dialog: what.dialog.id });
  const context = renderContextOf(deps, what.dialog);
  const plain = cardOf(deps, what.dialog, { because: what.because, trouble: null, rights: what.rights });
  const hinted = withPermissionHint(plain, what.dialog, { rights: what.rights, context });
  const card = renderMessage(withAsker(hinted, what.dialog, words(context)), context);
  const ends = endOf(what.dialog, plain.data.mark);
  const drawn: OutgoingMessage = ends ? { ...card, ends } : card;
  const { messageId: id, conversationId } = what.dialog;
  await (what.isNew
    ? enqueueMessage(unit.q, { id, conversationId, asked: what.asked, desired: drawn })
    : setDesiredState(unit.q, id, drawn));
  unit.wake({ to: 'deliver', id: conversationId });
  return { dialog: what.dialog, drawn, ...(what.because && { because: what.because }) };
}

/**
 * How the request ended with this card: it was given up, it only asked to see something and shows it, or it found
 * something that needs attention. Null while it continues: a lookup is running, or there is something in order that can
 * be started.
 */
function endOf({ state, lookup }: StoredDialog, mark: Mark): End | null {
  if (state.status === 'cancelled' || state.status === 'expired') return 'done';
  if (lookup !== null || mark === 'busy' || mark === 'ask') return null;
  const end = endBy(mark);
  return end === 'failed' || dialogKindOf(state.flow).plan === undefined ? end : null;
}
