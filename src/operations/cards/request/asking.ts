/** A card whose offers need others' approval: it asks for that, and starts nothing. Pure. */
import type { Button, CardMessage, Input, SheetData } from '../../../message/card-data.ts';
import { asSheet } from '../../../message/rendering/as-sheet.ts';
import type { Words } from '../../../message/words.ts';
import type { ToApprove } from '../../dialogs/dialog-kind.ts';

/** The longest reason that a request takes, and the longest ticket. */
export const [maxReason, maxTicket] = [300, 60] as const;

/**
 * What a card asks for a request. `asksWhy`: its question itself asks why, for what it leads to keeps that. `reason`
 * and `ticket` null: they aren't asked here; `value`: as they were given before.
 */
export type Asking = {
  /** The offers that need approval. */
  readonly offers: readonly ToApprove[];
  readonly asksWhy: boolean;
  readonly reason: { readonly value: string } | null;
  readonly ticket: { readonly required: boolean; readonly value: string } | null;
};

/** A card with what a request needs: its buttons for offers that need approval request that, and start nothing. */
export function withApprovalButtons(card: CardMessage, asking: Asking, { say }: Words): CardMessage {
  if (card.template === 'choose') return card;
  const asked = (one: Button) =>
    one.verb === 'submit' ? asking.offers.find(({ go }) => one.data['go'] === go) : undefined;
  const sheet = asSheet(card);
  const found = (sheet.buttons ?? []).flatMap((one) => asked(one) ?? []);
  if (found.length === 0 && !asking.asksWhy) return card;
  const sends = (one: Button) => asked(one) !== undefined || (asking.asksWhy && one.verb === 'submit');
  const fields = fieldsOf(asking, { say, isOnly: buttonsOf(sheet).filter(takesInputs).every(sends) });
  const data = fields.length > 0 ? { ...sheet, inputs: withFields(sheet.inputs ?? [], fields) } : sheet;
  if (found.length === 0) return { template: 'sheet', data };
  const how = { isOnly: found.length === 1, withFields: fields.length > 0 };
  const buttons = sheet.buttons?.map((one) => (asked(one) ? askingButton(one, how, { say }) : one));
  const line = say('request.asks', { approvals: Math.max(...found.map(({ approvals }) => approvals)) });
  return { template: 'sheet', data: { ...data, buttons, line: [line, sheet.line].filter(Boolean).join(' ') } };
}

/** All buttons of a card, those beside its rows too. */
function buttonsOf({ buttons = [], body = [] }: SheetData): readonly Button[] {
  const beside = body.flatMap((block) =>
    block.kind === 'rows' ? block.rows.flatMap(({ button }) => button ?? []) : [],
  );
  return [...buttons, ...beside];
}

function takesInputs({ withInputs }: Button): boolean {
  return withInputs !== false;
}

/** The ticket stands beside the reason, whoever asks that. */
function withFields(inputs: readonly Input[], fields: readonly Input[]): Input[] {
  const at = inputs.findIndex((input) => input.kind === 'text' && input.id === 'reason');
  return at < 0 ? [...inputs, ...fields] : inputs.toSpliced(at + 1, 0, ...fields);
}

/** `isOnly`: every button that takes the inputs needs them, so that a field can be marked as required. */
type Fields = Pick<Words, 'say'> & { readonly isOnly: boolean };

function fieldsOf({ reason, ticket }: Asking, { say, isOnly }: Fields): Input[] {
  const why: Input | null = reason && {
    kind: 'text',
    id: 'reason',
    label: say('request.why-fact'),
    placeholder: say('request.why-for'),
    maxLength: maxReason,
    ...(reason.value !== '' && { value: reason.value }),
  };
  const isMarked = ticket?.required === true && isOnly;
  const named: Input | null = ticket && {
    kind: 'text',
    id: 'ticket',
    label: say(isMarked ? 'request.ticket' : ticket.required ? 'request.ticket-required' : 'request.ticket-optional'),
    maxLength: maxTicket,
    ...(isMarked && { required: say('request.ticket-missing') }),
    ...(ticket.value !== '' && { value: ticket.value }),
  };
  return [why, named].filter((one) => one !== null);
}

type HowAsked = { readonly isOnly: boolean; readonly withFields: boolean };

function askingButton(one: Button, { isOnly, withFields }: HowAsked, { say }: Pick<Words, 'say'>): Button {
  const title = isOnly ? say('button.ask-approval') : say('button.ask-approval-to', { what: one.title });
  return {
    ...one,
    title,
    ...(isOnly && { about: one.title }),
    ...(withFields && { withInputs: true }),
  };
}
