/**
 * A dialog's own transition: what an event does to it, decided before anything is written or asked of its request.
 * `moveDialog` carries it out, with the request's (`approval/start-approved.ts`).
 */
import type { Voter } from '../../approval/decide.ts';
import { advance, withReading, type Advanced, type DialogEvent, type Effect } from '../../dialog/advance.ts';
import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { positionIn } from '../../dialog/state.ts';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import type { Person } from '../../core/person.ts';
import type { Known } from '../../dialog/flow.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { withGiven, type Given } from '../approval/request-fields.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { Deps, Gate, PersonRights } from '../deps.ts';
import { actorsOf } from '../rights/dialog-actors.ts';
import { gateNow } from '../rights/gate.ts';
import { gateToAnswer } from '../rights/may-open.ts';
import type { LiveDialog } from '../stored-dialog.ts';
/** An event on a dialog, by whom (null: by nobody, such as a lookup), and what that person or the last one can do. */
export type Move = {
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
 * `nothing`: the event is refused, and the dialog stays as it is. `part`: so is some of its answers, and `event` has
 * the others. `hold`: what was approved and Azure refuses waits for another try. `refused-start`: what would start may
 * not. `start`: it does, or asks for the approvals of `terms` (null: it needs none). `go-on`: anything else.
 */
export type Transition =
  | { readonly to: 'nothing' | 'refused-start'; readonly because: Refusal }
  | { readonly to: 'part'; readonly because: Refusal; readonly event: DialogEvent }
  | { readonly to: 'hold'; readonly moved: Advanced<Known>; readonly plan: Plan }
  | { readonly to: 'start'; readonly moved: Advanced<Known>; readonly plan: Plan; readonly terms: ApprovalTerms | null }
  | { readonly to: 'go-on'; readonly moved: Advanced<Known>; readonly because: Refusal | null };

/** What a move does, by the dialog's flow and by what its actor may do now. */
export function transitionOf(deps: Deps, move: Move): Transition {
  const { dialog } = move;
  const { flow } = dialogKindOf(dialog.state.flow);
  const event = nowPossible(move);
  const moved = advance(flow, dialog.state, event);
  if (isRefusal(moved)) {
    const rest = event.kind === 'submit' ? flow.mend?.(event.inputs, moved) : null;
    if (!rest || event.kind !== 'submit') return { to: 'nothing', because: moved };
    return { to: 'part', because: moved, event: { ...event, inputs: rest } };
  }
  const held = effectOf(moved, 'hold');
  if (held) return { to: 'hold', moved, plan: planOf(dialog, held.known) };
  const start = effectOf(moved, 'start');
  const gate = gateTo(deps, { move, moved, start: start?.known ?? null });
  if (gate.gate === 'refused') return { to: start ? 'refused-start' : 'nothing', because: gate.refusal };
  if (!start) return { to: 'go-on', moved, because: effectOf(moved, 'draw')?.because ?? null };
  const terms = gate.gate === 'approvals' ? gate.terms : null;
  return { to: 'start', moved, plan: planOf(dialog, start.known), terms };
}

function effectOf<T extends Effect<Known>['do']>({ effects }: Advanced<Known>, kind: T) {
  return effects.find((one): one is Extract<Effect<Known>, { do: T }> => one.do === kind);
}

/** What a dialog would start on an event; null: nothing. */
export function planStartedBy(dialog: StoredDialog, event: DialogEvent): Plan | null {
  const moved = advance(dialogKindOf(dialog.state.flow).flow, dialog.state, event);
  const start = isRefusal(moved) ? undefined : effectOf(moved, 'start');
  return start ? planOf(dialog, start.known) : null;
}

/**
 * What a dialog would start after the lookup made just before its start; null: nothing, or something has to be asked.
 */
export function planLookedAt({ dialog, event }: Move): Plan | null {
  if (event.kind !== 'found' || dialog.state.status !== 'checking') return null;
  const { flow } = dialogKindOf(dialog.state.flow);
  const { known, next } = positionIn(flow, withReading(flow, dialog.state, event));
  return next === null ? planOf(dialog, known) : null;
}

/** The plan of a finished dialog. */
function planOf({ state }: StoredDialog, known: Known): Plan {
  const plan = dialogKindOf(state.flow).plan?.(known);
  if (!plan) throw new Error(`the dialog ${state.flow} starts nothing`);
  return plan;
}

type Gated = { readonly move: Move; readonly moved: Advanced<Known>; readonly start: Known | null };

/**
 * The gate. A plan that starts, or that a person has just chosen and that is checked again, is checked with all its
 * parts; an earlier answer, with what it leads to.
 */
function gateTo(deps: Deps, { move, moved, start }: Gated): Gate {
  const kind = dialogKindOf(moved.state.flow);
  const { event, rights } = move;
  const known = start ?? positionIn(kind.flow, moved.state).known;
  if (start ?? (event.kind === 'submit' && moved.state.status === 'checking'))
    return kind.plan ? gateNow(deps, rights, asksOf(kind.plan(known))) : open;
  const answers = event.kind === 'submit' || (event.kind === 'revived' && move.actor !== null);
  return answers ? gateToAnswer(deps, { kind, known, rights }) : open;
}

const open: Gate = { gate: 'open' };

/** An event for another release's version of the dialog isn't applied to this one's; ending it always is. */
function nowPossible({ dialog: { needsMigration }, event }: { dialog: LiveDialog; event: DialogEvent }): DialogEvent {
  const ends = event.kind === 'cancel' || event.kind === 'expire';
  return needsMigration && !ends ? { kind: 'revived', ...needsMigration } : event;
}

/** The dialog after its move: what it has read, who acted, and what is to be looked up next. */
export function withEffects(deps: Deps, move: Move, moved: Advanced<Known>): StoredDialog {
  const { needsMigration: _, ...dialog } = move.dialog;
  const { state } = moved;
  const effect = effectOf(moved, 'lookup');
  const byItself = move.byItself ?? (move.event.kind === 'found' && dialog.lookup?.byItself === true);
  const lookup = effect ? { step: effect.step, basis: effect.basis, ...(byItself && { byItself }) } : null;
  const checksAgain = lookup || state.status !== 'open' || byItself ? null : checksAgainAt(deps, move, state);
  return { ...withGiven(dialog, move.given), state, ...actorsOf(move), lookup, checksAgain };
}

/** A lookup may be worth repeating; whatever a person then does with the card, the repeat stays scheduled. */
function checksAgainAt(deps: Deps, { dialog, event }: Move, state: StoredDialog['state']): string | null {
  if (event.kind !== 'found') return dialog.checksAgain ?? null;
  const kind = dialogKindOf(state.flow);
  if (!kind.checksAgain?.(positionIn(kind.flow, state).known)) return null;
  return new Date(deps.clock.now().getTime() + deps.waits.checkAgain).toISOString();
}
