import { operations } from '../operations/list.ts';
import { dialog, type Dialog } from '../operations/operation.ts';
import { views } from '../views/views.ts';
import { viewConversation, viewPortsOf } from './view-conversation.ts';

const dialogs: readonly Dialog[] = [
  ...operations.flatMap((operation) => operation.dialogs),
  ...views.map((view) => dialog(viewConversation(view), viewPortsOf)),
];

const byFlow = new Map(dialogs.map((each) => [each.conversation.flow.name, each]));

/** The dialog of a name; a name that this release does not know is a fault of a stored row. */
export function conversationOf(flowName: string): Dialog {
  const found = byFlow.get(flowName);
  if (!found) throw new Error(`no dialog is called ${flowName}`);
  return found;
}

/** Whether this release has a dialog of that name. */
export function isConversation(flowName: string): boolean {
  return byFlow.has(flowName);
}
