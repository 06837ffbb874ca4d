/** The card of a dialog in its current state: its question, the lookup that it waits for, or how it was closed. */
import { canGoBack } from '../../dialog/advance.ts';
import { positionIn, type DialogState } from '../../dialog/state.ts';
import { ownOf } from '../../core/own-of.ts';
import type { Refusal } from '../../core/refusal.ts';
import { asSheet } from '../../message/rendering/as-sheet.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { joined } from '../../message/choices.ts';
import { words, type Words } from '../../message/words.ts';
import type { DialogKind } from '../../operations/dialogs/dialog-kind.ts';
import { withApprovalButtons } from '../../operations/cards/request/asking.ts';
import { closedDialogCard } from '../../operations/cards/closed-dialog-card.ts';
import { planText } from '../../operations/cards/plan-words.ts';
import type { BlockedOffer } from '../../operations/wording/ruled-words.ts';
import { troubleCard, type Trouble } from '../../operations/cards/trouble-card.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { asked, offersOf } from '../approval/request-fields.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { Deps, PersonRights } from '../deps.ts';
import { renderContextOf } from '../render-context.ts';
import { refusalOf } from '../rights/gate.ts';

/** What a card says in addition to the dialog, and what the person who acts in it can do; null: nobody is known. */
type Told = {
  readonly because: Refusal | null;
  readonly trouble: Trouble | null;
  readonly rights: PersonRights | null;
};

/** The card of a dialog in its current state. */
export function cardOf(deps: Deps, dialog: StoredDialog, { rights, because, trouble }: Told): CardMessage {
  const kind = dialogKindOf(dialog.state.flow);
  const { known, next } = positionIn(kind.flow, dialog.state);
  const spoken = words(renderContextOf(deps, dialog));
  const now = deps.clock.now();
  if (dialog.state.status === 'cancelled' || dialog.state.status === 'expired') return closedCard(deps, dialog);
  if (trouble) {
    const { id, state } = dialog;
    const about = kind.about(known);
    return troubleCard({ words: spoken, dialog: id, revision: state.revision, about }, trouble);
  }
  const asking = asked(deps, dialog);
  const card = kind.draw({
    words: spoken,
    planText: (plan) => planText(spoken, plan, now),
    known,
    next: next?.id ?? null,
    earlier: next === null ? undefined : ownOf(dialog.state.earlier ?? {}, next.id),
    status: dialog.state.status,
    dialog: dialog.id,
    revision: dialog.state.revision,
    canGoBack: canGoBack(dialog.state),
    blockedOffers: blockedOffersOf(deps, dialog),
    toApprove: asking.offers,
    reason: dialog.reason ?? undefined,
    because,
    may: (asks) => rights !== null && refusalOf(rights.gate(asks)) === null,
    checksAgain: dialog.checksAgain ? new Date(dialog.checksAgain) : null,
    takenOverBy: dialog.actor.id === dialog.openedBy.id ? null : dialog.actor.name,
    now,
  });
  return withApprovalButtons(card, asking, spoken);
}

/**
 * The card with the requester's name, if others read it and can't see that: in a Teams channel the command may be far
 * up. In Slack it is on the message above.
 */
export function withAsker(card: CardMessage, dialog: StoredDialog, { say }: Words): CardMessage {
  if (dialog.channel === null || dialog.conversationId.startsWith('slack:')) return card;
  const sheet = asSheet(card);
  const footer = joined([say('asked-by', { who: dialog.openedBy.name }), sheet.footer]);
  return { template: 'sheet', data: { ...sheet, footer } };
}

/** The card of a closed dialog: its last question, with who closed it and when. */
function closedCard(deps: Deps, dialog: StoredDialog): CardMessage {
  const kind = dialogKindOf(dialog.state.flow);
  const state = lastAsked(kind.flow, dialog.state);
  const before = { ...dialog, state, openedBy: dialog.actor, checksAgain: null };
  const was = cardOf(deps, before, { because: null, trouble: null, rights: null });
  const closing = {
    words: words(renderContextOf(deps, dialog)),
    dialog: dialog.id,
    revision: dialog.state.revision,
    about: kind.about(positionIn(kind.flow, state).known),
    by: dialog.state.status === 'cancelled' ? dialog.actor.name : null,
    at: deps.clock.now(),
    hours: deps.dialogHours,
  };
  return closedDialogCard(closing, asSheet(was));
}

/** A dialog that was about to start, or waited for approval, in the state in which it asked for confirmation. */
function lastAsked(flow: DialogKind['flow'], state: DialogState): DialogState {
  const open: DialogState = { ...state, status: 'open' };
  const isAsked = positionIn(flow, open).next !== null || open.trail.length <= 1;
  return isAsked ? open : lastAsked(flow, { ...open, trail: open.trail.slice(0, -1) });
}

/** The offers of a dialog that the rules and the channel deny to everybody. */
function blockedOffersOf(deps: Deps, dialog: StoredDialog): readonly BlockedOffer[] {
  return offersOf(dialog).flatMap(({ go, asks }) => {
    const because = refusalOf(deps.authority.rules(asks, dialog.channel));
    return because ? [{ go, because }] : [];
  });
}
