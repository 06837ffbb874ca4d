import { operations } from '../operations/list.ts';
import type { DialogKind } from '../operations/dialogs/dialog-kind.ts';
import { dialog } from '../operations/dialogs/operation.ts';
import { views } from '../views/views.ts';
import { viewDialog } from './view-dialog.ts';

const dialogs: readonly DialogKind[] = [
  ...operations.flatMap((operation) => operation.dialogs),
  ...views.map((view) => dialog(viewDialog(view))),
];

const byFlow = new Map(dialogs.map((each) => [each.flow.name, each]));

/** The dialog with this name. A stored row with a name that this release doesn't know is a fault. */
export function dialogKindOf(flowName: string): DialogKind {
  const found = byFlow.get(flowName);
  if (!found) throw new Error(`no dialog is called ${flowName}`);
  return found;
}

/** Whether this release has a dialog with that name. */
export function isDialogKind(flowName: string): boolean {
  return byFlow.has(flowName);
}
