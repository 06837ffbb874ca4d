/** A dialog as read from the store: fitted to today's flow, since a deploy may have changed its steps. */
import { isAwaited } from '../dialog/advance.ts';
import { revive } from '../dialog/revive.ts';
import { positionIn } from '../dialog/state.ts';
import type { Queries } from '../store/database.ts';
import { dialogById, dialogThatStarted, newestOpenDialog, type StoredDialog } from '../store/dialogs.ts';
import { dialogKindOf, isDialogKind } from './dialog-kinds.ts';

/**
 * A stored dialog under today's flow. `needsMigration`: another release stored it in a form that has to be revived
 * first.
 */
export type LiveDialog = StoredDialog & { readonly needsMigration?: { readonly shortened: boolean } };

/** Reads a dialog; null if there is none, or none that this release knows. */
export async function loadDialog(q: Queries, id: string): Promise<LiveDialog | null> {
  return fitted(await dialogById(q, id));
}

/** Reads the dialog that started what a message shows. */
export async function loadDialogThatStarted(q: Queries, messageId: string): Promise<LiveDialog | null> {
  return fitted(await dialogThatStarted(q, messageId));
}

/** Reads the newest open dialog of a conversation. */
export async function loadNewestDialog(q: Queries, conversationId: string): Promise<LiveDialog | null> {
  return fitted(await newestOpenDialog(q, conversationId));
}

function fitted(stored: StoredDialog | null): LiveDialog | null {
  if (!stored || !isDialogKind(stored.state.flow)) return null;
  const { flow } = dialogKindOf(stored.state.flow);
  const { state, shortened } = revive(flow, stored.state);
  const waitsInVain = stored.lookup !== null && !isAwaited(flow, state, stored.lookup);
  // Today's flow stores that reading otherwise, and nothing reads it again.
  const lacksReading =
    state.status === 'open' &&
    stored.lookup === null &&
    stored.checksAgain === undefined &&
    positionIn(flow, state).next?.kind === 'find';
  const fits = !shortened && state.status === stored.state.status && !waitsInVain && !lacksReading;
  return { ...stored, state, ...(fits ? {} : { needsMigration: { shortened } }) };
}
