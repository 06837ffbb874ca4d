/** An ended operation returns to the dialog from which it was requested. */
import type { Person } from '../../core/person.ts';
import { refuse } from '../../core/refusal.ts';
import { positionIn } from '../../dialog/state.ts';
import type { Returns } from '../../operations/dialogs/dialog-kind.ts';
import { dialogKindOf } from '../dialog-kinds.ts';
import type { Deps, PersonRights, Unit } from '../deps.ts';
import { moveDialog, redraw } from '../dialog/dialog-turn.ts';
import type { LiveOperation } from '../live-operation.ts';
import { makersOf } from '../rights/dialog-actors.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { loadDialog } from '../stored-dialog.ts';

/** Where an operation returns to, what the person who acts there can do, and who made the answer that it brings. */
type Back = { readonly to: Returns; readonly rights: PersonRights | null; readonly makers: readonly Person[] };

/** Reads it, before the transaction of the end; null: it returns nowhere. */
export async function returnOf(deps: Deps, { dialogId }: Pick<LiveOperation, 'dialogId'>): Promise<Back | null> {
  const { db } = deps.database;
  const from = dialogId === null ? null : await loadDialog(db, dialogId);
  if (!from) return null;
  const kind = dialogKindOf(from.state.flow);
  const to = kind.returns?.(positionIn(kind.flow, from.state).known) ?? null;
  const dialog = to && (await loadDialog(db, to.dialog));
  return to && dialog
    ? { to, rights: await rightsOf(deps, dialog.actor, dialog.channel), makers: makersOf(from) }
    : null;
}

/**
 * Returns, in the transaction of the end: the dialog checks again with the operation's result as an answer, or says
 * that there is none. A dialog that has ended or moved on in the meantime stays as it is.
 */
export async function goBack(
  deps: Deps,
  unit: Unit,
  { back: { to, rights, makers }, succeeded }: { readonly back: Back; readonly succeeded: boolean },
): Promise<void> {
  const dialog = await loadDialog(unit.q, to.dialog);
  if (dialog?.state.status !== 'open') return;
  if (succeeded) {
    const event = { kind: 'again', revision: 'typed', inputs: to.inputs } as const;
    const changed = { ...dialog, changedBy: [...(dialog.changedBy ?? []), ...makers] };
    await moveDialog(deps, unit, { dialog: changed, event, actor: null, rights });
  } else if (dialog.lookup === null) {
    await redraw(deps, unit, { dialog, because: refuse('policy-not-created'), rights });
  }
}
