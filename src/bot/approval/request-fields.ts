/** What a card asks for a request for approval, beside its question: why, and the ticket; and what a press gives. */
import { refuse, type Refusal } from '../../core/refusal.ts';
import { ownOf } from '../../core/own-of.ts';
import { cut } from '../../core/storable.ts';
import type { Known } from '../../dialog/flow.ts';
import { positionIn } from '../../dialog/state.ts';
import { words } from '../../message/words.ts';
import { maxReason, maxTicket, type Asking } from '../../operations/cards/request/asking.ts';
import type { Offer, ToApprove } from '../../operations/dialogs/dialog-kind.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { Deps } from '../deps.ts';
import type { Answer, InboundEvent } from '../port.ts';
import type { Turn } from '../turn-context.ts';

type Click = Extract<InboundEvent, { kind: 'click' }>;

/** What a press says for the request; null: the field was empty, absent: it wasn't asked. */
export type Given = { readonly reason?: string | null; readonly ticket?: string | null };

/** What can be started from a dialog's card, as far as known. */
export function offersOf({ state }: StoredDialog): readonly Offer[] {
  const kind = dialogKindOf(state.flow);
  if (state.status !== 'open') return [];
  return kind.offers?.(positionIn(kind.flow, state).known, asksOf) ?? [];
}

/**
 * What a dialog's card asks for a request now. A ticket is asked where the reason is, if everything that its answer can
 * lead to needs approval; otherwise with the request, since only then it is known.
 */
export function asked(deps: Deps, dialog: StoredDialog): Asking {
  const kind = dialogKindOf(dialog.state.flow);
  const { known, next } = positionIn(kind.flow, dialog.state);
  const { why } = kind;
  const offers = toApprove(deps, dialog);
  const asksWhy = dialog.state.status === 'open' && why !== undefined && next?.id === why.step;
  const isOwn = why !== undefined && (asksWhy || Object.hasOwn(known, why.step));
  const isWithWhy = isOwn && deps.ticket !== null && leadsToApproval(deps, dialog, known);
  const isOpen = !isWithWhy || (deps.ticket?.required === true && !dialog.ticket);
  const asksTicket = asksWhy ? isWithWhy : offers.length > 0 && isOpen;
  return {
    offers,
    asksWhy,
    reason: isOwn ? null : { value: dialog.reason ?? '' },
    ticket: deps.ticket && asksTicket ? { required: deps.ticket.required, value: dialog.ticket ?? '' } : null,
  };
}

/** The offers that need others' approval. */
function toApprove(deps: Deps, dialog: StoredDialog): readonly ToApprove[] {
  return offersOf(dialog).flatMap(({ go, asks }) => {
    const gate = deps.authority.rules(asks, dialog.channel);
    return gate.gate === 'approvals' ? [{ go, approvals: gate.terms.approvals }] : [];
  });
}

/** Whether all that can come of the answer that says why needs approval, whatever else it says. */
function leadsToApproval(deps: Deps, dialog: StoredDialog, known: Known): boolean {
  const kind = dialogKindOf(dialog.state.flow);
  const ways = kind.why?.leadsTo?.(known, asksOf) ?? offersOf(dialog).map(({ asks }) => asks);
  return ways.length > 0 && ways.every((asks) => deps.authority.rules(asks, dialog.channel).gate === 'approvals');
}

/**
 * What a press gives for a request. A ticket that is missing or not in the format of `kluis.yaml` is refused before
 * anything is requested.
 */
export function givenIn(deps: Deps, { inputs, data }: Click, dialog: StoredDialog): Given | Refusal {
  const { offers, asksWhy, reason, ticket } = asked(deps, dialog);
  const go = ownOf((data ?? {}) as Readonly<Record<string, unknown>>, 'go');
  if (!asksWhy && !offers.some((offer) => offer.go === go)) return {};
  const said = reason ? { reason: cut(textIn(inputs, 'reason'), maxReason) || null } : {};
  if (!deps.ticket || !ticket) return said;
  const typed = textIn(inputs, 'ticket').slice(0, maxTicket + 1);
  if (typed === '') return ticket.required ? refuse('ticket-missing') : { ...said, ticket: null };
  const isFit = typed.length <= maxTicket && deps.ticket.fits(typed);
  return isFit ? { ...said, ticket: typed } : refuse('ticket-wrong', { ticket: typed });
}

function textIn(inputs: Click['inputs'], name: string): string {
  const given = ownOf(inputs, name);
  return typeof given === 'string' ? given.trim() : '';
}

/** A dialog with what a press gave; what wasn't asked stays. */
export function withGiven(dialog: StoredDialog, { reason, ticket }: Given = {}): StoredDialog {
  return {
    ...dialog,
    ...(reason !== undefined && { reason }),
    ...(ticket !== undefined && { ticket }),
  };
}

/** A refused ticket; in a form that is still open, it is shown at its field. */
export function atTicket({ context, inbound }: Turn, { inForm }: Click, refusal: Refusal): Answer | Refusal {
  if (!inForm) return refusal;
  const text = words({ ...context, locale: inbound.reader.locale }).refusal(refusal);
  return { show: 'text', text, code: refusal.refused, fields: { ticket: text } };
}
