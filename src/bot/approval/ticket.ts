import { refuse, type Refusal } from '../../core/refusal.ts';
import { ownOf } from '../../core/own-of.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { toApprove } from '../dialog-card.ts';
import type { Deps } from '../deps.ts';
import type { InboundEvent } from '../port.ts';

/** The longest ticket. */
const maxLength = 60;

/**
 * The ticket that a press gives with a request for approval; null: it gives none, or doesn't request anything. A ticket
 * that is missing or not in the format of `kluis.yaml` is refused before anything is requested.
 */
export function ticketIn(
  deps: Deps,
  { inputs, data }: Extract<InboundEvent, { kind: 'click' }>,
  dialog: StoredDialog,
): string | null | Refusal {
  const go = ownOf((data ?? {}) as Readonly<Record<string, unknown>>, 'go');
  if (!deps.ticket || !toApprove(deps, dialog).some((offer) => offer.go === go)) return null;
  const given = ownOf(inputs, 'ticket');
  const ticket = typeof given === 'string' ? given.trim().slice(0, maxLength + 1) : '';
  if (ticket === '') return deps.ticket.required ? refuse('ticket-missing') : null;
  return ticket.length <= maxLength && deps.ticket.fits(ticket) ? ticket : refuse('ticket-wrong', { ticket });
}
