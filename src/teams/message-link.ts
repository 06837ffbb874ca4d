import type { TeamsAddress } from './endpoint/conversation-seen.ts';

/**
 * The deep link to a message; null in a personal chat, whose ID as the bot knows it isn't the one that Teams' links
 * need. A channel thread is named by its root.
 */
export function messageLink(
  { kind, conversationId, channelId, tenantId }: TeamsAddress,
  messageId: string,
): string | null {
  const path = (chat: string) =>
    `https://teams.microsoft.com/l/message/${encodeURIComponent(chat)}/${encodeURIComponent(messageId)}`;
  switch (kind) {
    case 'personal':
      return null;
    case 'group':
      return `${path(conversationId)}?${new URLSearchParams({ context: '{"contextType":"chat"}' })}`;
    case 'channel': {
      const [channel = conversationId, root = messageId] = conversationId.split(';messageid=');
      const query = { ...(tenantId !== null && { tenantId }), parentMessageId: root };
      return `${path(channelId ?? channel)}?${new URLSearchParams(query)}`;
    }
  }
}
