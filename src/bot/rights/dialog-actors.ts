import type { Person } from '../../core/person.ts';
import type { DialogEvent } from '../../dialog/advance.ts';
import type { StoredDialog } from '../../store/dialogs.ts';

type Acting = { readonly dialog: StoredDialog; readonly event: DialogEvent; readonly actor: Person | null };

/** Who acted last, and who has changed its answers so far: whoever only looks again, or ends it, hasn't. */
export function actorsOf({ dialog, event, actor }: Acting): Pick<StoredDialog, 'actor' | 'changedBy'> {
  const { changedBy = [] } = dialog;
  const changes = event.kind === 'submit' || event.kind === 'change' || event.kind === 'back';
  const isNew = actor && changes && !makersOf(dialog).some((one) => isSamePerson(one, actor));
  return { actor: actor ?? dialog.actor, changedBy: isNew ? [...changedBy, actor] : changedBy };
}

/**
 * Everybody who made the answers of a dialog: whoever opened it or changed them. They have also made those of a dialog
 * that begins with these answers, whoever opens that.
 */
export function makersOf({
  openedBy,
  changedBy = [],
}: Pick<StoredDialog, 'openedBy' | 'changedBy'>): readonly Person[] {
  return [openedBy, ...changedBy];
}

/** Whether it is the same account, also as a member of Slack. */
function isSamePerson(one: Person, other: Person): boolean {
  return one.id === other.id && one.team === other.team && one.platformId === other.platformId;
}
