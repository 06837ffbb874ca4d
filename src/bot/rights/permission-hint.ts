import type { Refusal } from '../../core/refusal.ts';
import { positionIn } from '../../dialog/state.ts';
import type { CardMessage, SheetData } from '../../message/card-data.ts';
import { asSheet } from '../../message/rendering/as-sheet.ts';
import { words, type Words } from '../../message/words.ts';
import type { RenderContext } from '../../message/card-data.ts';
import type { StoredDialog } from '../../store/dialogs.ts';
import { isRuled } from '../../operations/wording/ruled-words.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { PersonRights } from '../deps.ts';
import { refusalOf } from './gate.ts';
import { forReader } from './may-open.ts';
import { ownPermissionHint, permissionHint } from '../refusal-text.ts';

type HintFor = Pick<StoredDialog, 'state' | 'actor' | 'isPersonal'>;

/**
 * The card of an open dialog with a line on what the person who acts in it can't start from it, and who can. The
 * buttons stay if the card belongs to a conversation of several people; for one person alone, buttons that would be
 * refused are removed. Each click is checked again, so this is a hint, not a gate.
 */
export function withPermissionHint(card: CardMessage, dialog: HintFor, { rights, context }: Hinting): CardMessage {
  if (dialog.isPersonal && rights) return forReader(hinted(card, dialog, { rights, context }), rights);
  return hinted(card, dialog, { rights, context });
}

type Hinting = { readonly rights: PersonRights | null; readonly context: RenderContext };

function hinted(card: CardMessage, dialog: HintFor, { rights, context }: Hinting): CardMessage {
  const refused = rights && dialog.state.status === 'open' ? refusedTo(dialog, rights) : null;
  if (!refused) return card;
  const sheet = asSheet(card);
  if (dialog.isPersonal && refused.refused === 'not-allowed') return withoutRefused(sheet, words(context), refused);
  const note = permissionHint(words(context), refused, dialog.actor.name);
  return { template: 'sheet', data: { ...sheet, line: [note, sheet.line].filter(Boolean).join(' ') } };
}

/** For a person who reads it alone and can't start it: what is missing for it, and nothing to choose or to cancel. */
function withoutRefused(sheet: SheetData, said: Words, refused: Refusal): CardMessage {
  const rest = (sheet.buttons ?? []).filter(({ verb }) => verb !== 'submit' && verb !== 'change');
  const buttons = rest.map((one) => (one.verb === 'cancel' ? { ...one, title: said.say('button.close') } : one));
  return { template: 'sheet', data: { ...sheet, inputs: [], buttons, note: ownPermissionHint(said, refused) } };
}

/**
 * Why the person who acts can't start what the first button offers; what applies to everybody is on the card itself.
 */
function refusedTo({ state }: HintFor, rights: PersonRights): Refusal | null {
  const kind = dialogKindOf(state.flow);
  const [first] = kind.offers?.(positionIn(kind.flow, state).known, asksOf) ?? [];
  const refused = first ? refusalOf(rights.gate(first.asks)) : null;
  return refused && isRuled(refused) ? null : refused;
}
