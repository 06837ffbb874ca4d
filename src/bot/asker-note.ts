import type { Refusal } from '../core/refusal.ts';
import { standing } from '../dialog/state.ts';
import type { Block, CardMessage } from '../message/card-data.ts';
import { words } from '../message/words.ts';
import type { Look } from '../message/render.ts';
import type { StoredDialog } from '../store/dialogs.ts';
import { conversationOf } from './conversations.ts';
import type { PersonRights } from './deps.ts';
import { refusalOf } from './may-start.ts';
import { notForAsker } from './notices.ts';

type Asked = Pick<StoredDialog, 'state' | 'actor'>;

/**
 * The card of an open dialog with a line on what whoever acts in it may not start from it, and who may. The buttons stay:
 * the card belongs to the conversation. Each click is decided anew, so this is a help and no gate.
 */
export function withAskerNote(
  card: CardMessage,
  dialog: Asked,
  { rights, look }: { readonly rights: PersonRights | null; readonly look: Look },
): CardMessage {
  const refused = rights && dialog.state.status === 'open' ? refusedTo(dialog, rights) : null;
  if (card.template !== 'sheet' || !refused) return card;
  const note: Block = { kind: 'text', text: notForAsker(words(look), refused, dialog.actor.name) };
  return { ...card, data: { ...card.data, after: [note, ...(card.data.after ?? [])] } };
}

/** Why whoever acts may not start what the first button offers. */
function refusedTo({ state }: Asked, rights: PersonRights): Refusal | null {
  const { conversation } = conversationOf(state.flow);
  const offered = conversation.offers?.(standing(conversation.flow, state).known);
  if (!offered) return null;
  const { goal, targets } = offered;
  for (const target of targets) {
    const refused = refusalOf(goal, rights.mayChoose(goal, target), target.vm ?? '');
    if (refused) return refused;
  }
  return null;
}
