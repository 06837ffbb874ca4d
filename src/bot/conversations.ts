import { operations } from '../operations/list.ts';
import type { Conversation } from '../operations/dialogs/conversation.ts';
import { dialog } from '../operations/dialogs/operation.ts';
import { views } from '../views/views.ts';
import { viewConversation } from './view-conversation.ts';

const dialogs: readonly Conversation[] = [
  ...operations.flatMap((operation) => operation.dialogs),
  ...views.map((view) => dialog(viewConversation(view))),
];

const byFlow = new Map(dialogs.map((each) => [each.flow.name, each]));

/** The dialog with this name. A stored row with a name that this release doesn't know is a fault. */
export function conversationOf(flowName: string): Conversation {
  const found = byFlow.get(flowName);
  if (!found) throw new Error(`no dialog is called ${flowName}`);
  return found;
}

/** Whether this release has a dialog with that name. */
export function isConversation(flowName: string): boolean {
  return byFlow.has(flowName);
}
