import type { Refusal } from '../../core/refusal.ts';
import { standing } from '../../dialog/state.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { words, type Words } from '../../message/words.ts';
import type { RenderContext } from '../../message/rendering/render.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { isRuled } from '../../operations/cards/ruled-words.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { conversationOf } from '../conversations.ts';
import type { PersonRights } from '../deps.ts';
import { refusalOf } from './gate.ts';
import { parseCommand } from '../turn/command.ts';
import { ownPermissionHint, permissionHint } from '../turn/notices.ts';

type HintFor = Pick<StoredDialog, 'state' | 'actor' | 'isPersonal'>;

/**
 * The card of an open dialog with a line on what the person who acts in it can't start from it, and who can. The
 * buttons stay if the card belongs to a conversation of several people; for one person alone, buttons that would be
 * refused are removed. Each click is checked again, so this is a hint, not a gate.
 */
export function withPermissionHint(
  card: CardMessage,
  dialog: HintFor,
  { rights, context }: { readonly rights: PersonRights | null; readonly context: RenderContext },
): CardMessage {
  const refused = rights && dialog.state.status === 'open' ? refusedTo(dialog, rights) : null;
  if (card.template !== 'sheet') return card;
  if (!refused) return dialog.isPersonal && rights ? withoutBarred(card, rights) : card;
  if (dialog.isPersonal && refused.refused === 'not-allowed') return withoutRefused(card, words(context), refused);
  const note = permissionHint(words(context), refused, dialog.actor.name);
  return { ...card, data: { ...card.data, line: [note, card.data.line].filter(Boolean).join(' ') } };
}

type Sheet = Extract<CardMessage, { template: 'sheet' }>;

/** Removes buttons for commands that this person can't give. */
function withoutBarred(card: Sheet, rights: PersonRights): CardMessage {
  const buttons = (card.data.buttons ?? []).filter(({ data }) => {
    const typed = parseCommand(String(data['command'] ?? ''));
    if (typed.kind !== 'open') return true;
    const operation = conversationOf(typed.flow).conversation.opensFor?.({ args: typed.args });
    return operation === undefined || refusalOf(rights.maySomewhere(operation)) === null;
  });
  return { ...card, data: { ...card.data, buttons } };
}

/** For a person who reads it alone and can't start it: what is missing for it, and nothing to choose or to cancel. */
function withoutRefused(card: Sheet, said: Words, refused: Refusal): CardMessage {
  const rest = (card.data.buttons ?? []).filter(({ verb }) => verb !== 'submit' && verb !== 'change');
  const buttons = rest.map((one) => (one.verb === 'cancel' ? { ...one, title: said.say('button.close') } : one));
  return { ...card, data: { ...card.data, inputs: [], buttons, note: ownPermissionHint(said, refused) } };
}

/**
 * Why the person who acts can't start what the first button offers; what applies to everybody is on the card itself.
 */
function refusedTo({ state }: HintFor, rights: PersonRights): Refusal | null {
  const { conversation } = conversationOf(state.flow);
  const [first] = conversation.offers?.(standing(conversation.flow, state).known, asksOf) ?? [];
  const refused = first ? refusalOf(rights.gate(first.asks)) : null;
  return refused && isRuled(refused) ? null : refused;
}
