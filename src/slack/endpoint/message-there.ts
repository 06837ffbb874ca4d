import type { ConversationSeen, OutgoingMessage } from '../../bot/port.ts';
import { addressSchema, conversationSeen } from '../conversation-seen.ts';
import type { EndpointParts } from './endpoint-parts.ts';

/** Where a message is, according to Slack. */
type Place = { readonly conversation: ConversationSeen; readonly messageId: string };

/**
 * The current state of a bot message; null: the product knows none there. A press in a channel outside threads comes
 * from the thread below it; what the bot posts there by itself, an alert or a request for approval, belongs to the
 * channel.
 */
export async function messageThere(
  { findCurrent }: Pick<EndpointParts, 'findCurrent'>,
  { conversation, messageId }: Place,
): Promise<OutgoingMessage | null> {
  const own = await findCurrent(conversation.id, messageId);
  const { data: address } = addressSchema.safeParse(conversation.address);
  if (own || address?.thread !== messageId) return own;
  return findCurrent(conversationSeen({ ...address, thread: null }).id, messageId);
}
