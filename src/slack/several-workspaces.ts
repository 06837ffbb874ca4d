import type { ConversationSeen, Receive } from '../bot/port.ts';
import { addressSchema } from './conversation-seen.ts';
import type { SlackSender } from './slack-sender.ts';

/** With several workspaces a channel ID is only unique within its workspace. */
function inWorkspace(seen: ConversationSeen): ConversationSeen {
  const { team } = addressSchema.parse(seen.address);
  return seen.channel === null ? seen : { ...seen, channel: `${team}/${seen.channel}` };
}

/** Names channels with their workspace, as `kluis.yaml` then does. */
export function receiveInWorkspaces(receive: Receive): Receive {
  return (inbound) => receive({ ...inbound, conversation: inWorkspace(inbound.conversation) });
}

/** The same for places derived from another one. */
export function senderInWorkspaces(sender: SlackSender): SlackSender {
  return {
    ...sender,
    threadBelow: (to, messageId) => inWorkspace(sender.threadBelow(to, messageId)),
    channelOf: (to) => inWorkspace(sender.channelOf(to)),
  };
}
