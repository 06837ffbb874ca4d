import type { Conversation } from '../operations/conversation.ts';
import { cancelConversation } from '../operations/cancel-job/conversation.ts';
import { policyConversation } from '../operations/policy/conversation.ts';
import { manyConversation } from '../operations/protect-many/conversation.ts';
import { backupConversation } from '../operations/protect/conversation.ts';
import { views } from '../views/views.ts';
import type { ViewPorts } from '../views/view.ts';
import { cancelPorts } from './cancel-ports.ts';
import type { Deps } from './deps.ts';
import { listedVms } from './inventory.ts';
import { manyPorts } from './many-ports.ts';
import { policyPorts } from './policy-ports.ts';
import { portsOf } from './reading.ts';
import { viewConversation } from './view-conversation.ts';

/** A dialog of the bot with the ports that its readings use. */
export type Held = { readonly conversation: Conversation; readonly ports: (deps: Deps) => unknown };

const held: readonly Held[] = [
  hold(backupConversation, portsOf),
  hold(manyConversation, manyPorts),
  hold(cancelConversation, cancelPorts),
  hold(policyConversation, policyPorts),
  ...views.map((view) => hold(viewConversation(view), viewPorts)),
];

/** The names of the dialogs that ask for something; the others only show it, and nobody is waited for. */
export const askingFlows: readonly string[] = held.flatMap(({ conversation }) =>
  conversation.plan ? [conversation.flow.name] : [],
);

/** The dialog of a name; a name that this release does not know is a fault of a stored row. */
export function conversationOf(flowName: string): Held {
  const found = held.find(({ conversation }) => conversation.flow.name === flowName);
  if (!found) throw new Error(`no dialog is called ${flowName}`);
  return found;
}

/** Whether this release has a dialog of that name. */
export function isConversation(flowName: string): boolean {
  return held.some(({ conversation }) => conversation.flow.name === flowName);
}

/** Known values differ from dialog to dialog; the engine treats them all as what is known by step id. */
function hold<K extends Record<string, unknown>, Ports>(
  conversation: Conversation<K, Ports>,
  ports: (deps: Deps) => Ports,
): Held {
  return { conversation: conversation as unknown as Conversation, ports };
}

function viewPorts(deps: Deps): ViewPorts {
  return {
    subscriptions: deps.azure.subscriptions,
    reads: deps.azure.reads,
    vms: () => listedVms(deps),
    readiness: deps.readiness,
    now: new Date(deps.clock.now().getTime() + (deps.azure.clockSkew() ?? 0)),
  };
}
