import type { DialogEvent } from '../../dialog/advance.ts';
import { positionIn } from '../../dialog/state.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { LiveDialog } from '../stored-dialog.ts';

/** A "Back" that was pressed or typed, with the card's inputs. */
type Back = { readonly fields: Readonly<Record<string, string>>; readonly revision: number | 'typed' };

/** What "Back" means in a dialog: the answer that its kind defines for it, otherwise undoing the last one. */
export function backIn({ state }: Pick<LiveDialog, 'state'>, { fields, revision }: Back): DialogEvent {
  const kind = dialogKindOf(state.flow);
  const inputs = kind.back?.(fields, positionIn(kind.flow, state).known) ?? null;
  return inputs ? { kind: 'submit', inputs, revision } : { kind: 'back', revision };
}
