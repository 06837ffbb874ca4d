/** Shared by the text turn, the click turn and the lookup worker: applying an event to a dialog, with its effects. */
import type { Voter } from '../../approval/decide.ts';
import { advance, parked, withReading, type Advanced, type DialogEvent, type Effect } from '../../dialog/advance.ts';
import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { positionIn } from '../../dialog/state.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import type { Person } from '../../core/person.ts';
import type { Known } from '../../dialog/flow.ts';
import { words } from '../../message/words.ts';
import type { Mark } from '../../message/card-data.ts';
import { insertDialog, updateDialog, type StoredDialog } from '../../store/dialogs.ts';
import { enqueueMessage, setDesiredState } from '../../store/messages.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { conversationOf } from '../conversations.ts';
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
import { withGiven, type Given } from '../approval/request-fields.ts';
import { drawRequest, showRequest } from '../approval/show-request.ts';
import { tellObjections } from '../approval/tell-requester.ts';
import { gateNow } from '../rights/gate.ts';
import { gateToAnswer } from '../rights/may-open.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import type { Deps, Gate, PersonRights, Unit, Within } from '../deps.ts';
import { renderMessage, endBy } from '../render-message.ts';
import type { OutgoingMessage, End } from '../port.ts';
import type { LiveDialog } from '../stored-dialog.ts';
import { startOperation } from '../operation/start-operation.ts';
import { RevisionConflict } from '../turn-context.ts';
import { actorsOf } from '../rights/dialog-actors.ts';
import { cardOf, withAsker } from './dialog-card.ts';
import { renderContextOf } from '../render-context.ts';

/** A dialog after an event, as its card now shows it, and why not everything was accepted. */
type Moved = { readonly dialog: StoredDialog; readonly drawn: OutgoingMessage; readonly because?: Refusal };

/** An event on a dialog, by whom (null: by nobody, such as a lookup), and what that person or the last one can do. */
type Move = {
  readonly dialog: LiveDialog;
  readonly event: DialogEvent;
  readonly actor: Person | null;
  readonly rights: PersonRights | null;
  readonly isNew?: boolean;
  readonly asked?: string | undefined;
  /** What is given for the approval of what it starts. */
  readonly given?: Given;
  /** The check was repeated automatically, not by a person. */
  readonly byItself?: boolean;
  /** Those who approved what it is about to start, with their rights now. */
  readonly voters?: readonly Voter[];
};

/**
 * Moves a dialog by one event inside the transaction: its next revision, its card, its wake-ups, its operation. If it
 * `isNew`, neither the dialog nor its message is in the database yet: both are written in their state after the event,
 * unless that is refused.
 */
export async function moveDialog(deps: Deps, unit: Unit, move: Move): Promise<Moved | Refusal> {
  const { dialog } = move;
  const event = nowPossible(move);
  const kept = event.kind === 'cancel' && move.actor ? await whyNotWithdrawn(unit, dialog, askerOf(move)) : null;
  if (kept) return kept;
  const conversation = conversationOf(dialog.state.flow);
  const moved = advance(conversation.flow, dialog.state, event);
  if (isRefusal(moved)) {
    const rest = event.kind === 'submit' ? conversation.flow.mend?.(event.inputs, moved) : null;
    if (!rest || event.kind !== 'submit') return moved;
    const mended = await moveDialog(deps, unit, { ...move, event: { ...event, inputs: rest } });
    return isRefusal(mended)
      ? mended
      : redraw(deps, unit, { dialog: mended.dialog, because: moved, rights: move.rights });
  }
  const held = moved.effects.find((effect) => effect.do === 'hold');
  if (held) return keepWaiting({ deps, unit }, { move, moved, plan: planOf(dialog, held.known) });
  const start = moved.effects.find((effect) => effect.do === 'start');
  const gate = gateTo(deps, { move, moved, start: start?.known ?? null });
  if (gate.gate === 'refused') return start ? refuseStart({ deps, unit }, move, gate.refusal) : gate.refusal;
  const plan = start ? planOf(dialog, start.known) : null;
  const starting = plan && startingOf(move, plan, gate.gate === 'approvals' ? gate.terms : null);
  const resumes = plan && (await continuationBy({ deps, unit }, plan));
  if (isRefusal(resumes)) return refuseStart({ deps, unit }, move, resumes);
  const approved = starting && (await approvalFor(deps, unit, starting));
  if (isRefusal(approved)) return approved;
  if (approved?.is === 'replaced') return moveDialog(deps, unit, { ...move, event: { kind: 'superseded' } });
  const waits = starting && (approved?.is === 'ask' || approved?.is === 'wait') ? approved : null;
  const next = withEffects(deps, move, waits ? parked(moved) : moved);
  await storeMoved(deps, unit, { move, next });
  if (starting && waits) return showWaiting({ deps, unit }, move, { next, starting, waits });
  if (plan) return startNow({ deps, unit }, move, { next, plan, resumes, request: approved?.request ?? null });
  const { isNew = false, asked, rights } = move;
  const because = moved.effects.find((effect) => effect.do === 'draw')?.because ?? null;
  return redraw(deps, unit, { dialog: next, because, rights, isNew, asked });
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

type Held = { readonly move: Move; readonly moved: Advanced<Known>; readonly plan: Plan };

/** Azure refuses what was approved: the request waits for another try, unless the plan is another one by now. */
async function keepWaiting({ deps, unit }: Within, { move, moved, plan }: Held): Promise<Moved | Refusal> {
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

/** What a dialog would start on an event; null: nothing. */
export function planStartedBy(dialog: StoredDialog, event: DialogEvent): Plan | null {
  const moved = advance(conversationOf(dialog.state.flow).flow, dialog.state, event);
  const start = isRefusal(moved) ? undefined : moved.effects.find((effect) => effect.do === 'start');
  return start ? planOf(dialog, start.known) : null;
}

/**
 * What a dialog would start after the lookup made just before its start; null: nothing, or something has to be asked.
 */
function planLookedAt({ dialog, event }: Move): Plan | null {
  if (event.kind !== 'found' || dialog.state.status !== 'checking') return null;
  const { flow } = conversationOf(dialog.state.flow);
  const { known, next } = positionIn(flow, withReading(flow, dialog.state, event));
  return next === null ? planOf(dialog, known) : null;
}

/** The plan of a finished dialog. */
function planOf({ state }: StoredDialog, known: Known): Plan {
  const plan = conversationOf(state.flow).plan?.(known);
  if (!plan) throw new Error(`the dialog ${state.flow} starts nothing`);
  return plan;
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

type Gated = { readonly move: Move; readonly moved: Advanced<Known>; readonly start: Known | null };

/**
 * The gate. A plan that starts, or that a person has just chosen and that is checked again, is checked with all its
 * parts; an earlier answer, with what it leads to.
 */
function gateTo(deps: Deps, { move, moved, start }: Gated): Gate {
  const conversation = conversationOf(moved.state.flow);
  const { event, rights } = move;
  const known = start ?? positionIn(conversation.flow, moved.state).known;
  if (start ?? (event.kind === 'submit' && moved.state.status === 'checking'))
    return conversation.plan ? gateNow(deps, rights, asksOf(conversation.plan(known))) : open;
  const answers = event.kind === 'submit' || (event.kind === 'revived' && move.actor !== null);
  return answers ? gateToAnswer(deps, { conversation, known, rights }) : open;
}

const open: Gate = { gate: 'open' };

/** An event for another release's version of the dialog isn't applied to this one's; ending it always is. */
function nowPossible({ dialog: { needsMigration }, event }: { dialog: LiveDialog; event: DialogEvent }): DialogEvent {
  const ends = event.kind === 'cancel' || event.kind === 'expire';
  return needsMigration && !ends ? { kind: 'revived', ...needsMigration } : event;
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
  if (what.because) deps.metrics.refused(what.because.refused);
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
  return end === 'failed' || conversationOf(state.flow).plan === undefined ? end : null;
}

function withEffects(deps: Deps, move: Move, moved: Advanced<Known>): StoredDialog {
  const { needsMigration: _, ...dialog } = move.dialog;
  const { state, effects } = moved;
  const effect = effects.find(({ do: does }) => does === 'lookup') as LookupEffect | undefined;
  const byItself = move.byItself ?? (move.event.kind === 'found' && dialog.lookup?.byItself === true);
  const lookup = effect ? { step: effect.step, basis: effect.basis, ...(byItself && { byItself }) } : null;
  const checksAgain = lookup || state.status !== 'open' || byItself ? null : checksAgainAt(deps, move, state);
  return { ...withGiven(dialog, move.given), state, ...actorsOf(move), lookup, checksAgain };
}

type LookupEffect = Extract<Effect<Known>, { do: 'lookup' }>;

/** A lookup may be worth repeating; whatever a person then does with the card, the repeat stays scheduled. */
function checksAgainAt(deps: Deps, { dialog, event }: Move, state: StoredDialog['state']): string | null {
  if (event.kind !== 'found') return dialog.checksAgain ?? null;
  const conversation = conversationOf(state.flow);
  if (!conversation.checksAgain?.(positionIn(conversation.flow, state).known)) return null;
  return new Date(deps.clock.now().getTime() + deps.waits.checkAgain).toISOString();
}
