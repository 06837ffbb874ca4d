import type { ConversationSeen } from '../../bot/port.ts';
import { conversationSeen } from '../conversation-seen.ts';
import type { SlackPlaceSeen } from './bodies.ts';

/**
 * Where something was pressed: the conversation and the message. Null on the app's home tab, which isn't a
 * conversation.
 */
export function pressPlace(
  { channel, container, message }: SlackPlaceSeen,
  team: string,
): { readonly conversation: ConversationSeen; readonly messageId: string | null } | null {
  const place = channel?.id ?? container?.channel_id;
  if (!place) return null;
  const messageId = message?.ts ?? container?.message_ts ?? null;
  const thread = message?.thread_ts ?? container?.thread_ts ?? null;
  // An ephemeral message has no thread of its own.
  const root = container?.is_ephemeral === true ? null : messageId;
  return { conversation: conversationSeen({ team, channel: place, thread: thread ?? root }), messageId };
}
