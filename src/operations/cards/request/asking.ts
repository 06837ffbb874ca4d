/** A card whose offers need others' approval: it asks for that, and starts nothing. Pure. */
import type { Button, CardMessage } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import type { ToApprove } from '../../conversation.ts';

/** The offers of a card that need approval, and the format of the ticket (null: none). */
type Asking = { readonly offers: readonly ToApprove[]; readonly ticket: { readonly required: boolean } | null };

/** A card whose offers need approval: its buttons request it, and start nothing. */
export function withApprovalButtons(card: CardMessage, { offers, ticket }: Asking, { say }: Words): CardMessage {
  if (card.template !== 'sheet' && card.template !== 'notice') return card;
  const asked = (one: Button) => (one.verb === 'submit' ? offers.find(({ go }) => one.data['go'] === go) : undefined);
  const found = (card.data.buttons ?? []).flatMap((one) => asked(one) ?? []);
  if (found.length === 0) return card;
  const buttons = card.data.buttons?.map((one) =>
    asked(one) ? askingButton(one, { isOnly: found.length === 1, withTicket: ticket !== null }, { say }) : one,
  );
  const line = say('request.asks', { approvals: Math.max(...found.map(({ approvals }) => approvals)) });
  if (card.template === 'notice')
    return { ...card, data: { ...card.data, buttons, text: [...(card.data.text ?? []), line] } };
  const inputs = [...(card.data.inputs ?? []), ...(ticket ? [ticketInput(ticket, { say })] : [])];
  const told = [line, card.data.line].filter(Boolean).join(' ');
  return { ...card, data: { ...card.data, buttons, ...(inputs.length > 0 && { inputs }), line: told } };
}

function ticketInput({ required }: { readonly required: boolean }, { say }: Pick<Words, 'say'>) {
  const label = say(required ? 'request.ticket-required' : 'request.ticket-optional');
  return { kind: 'text', id: 'ticket', label, maxLength: 60 } as const;
}

type HowAsked = { readonly isOnly: boolean; readonly withTicket: boolean };

function askingButton(one: Button, { isOnly, withTicket }: HowAsked, { say }: Pick<Words, 'say'>): Button {
  const title = isOnly ? say('button.ask-approval') : say('button.ask-approval-to', { what: one.title });
  return {
    ...one,
    title,
    ...(isOnly && { about: one.title }),
    ...(withTicket && { withInputs: true }),
  };
}
