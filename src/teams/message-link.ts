import type { TeamsAddress } from './endpoint/conversation-seen.ts';

/**
 * The deep link to a message; null in a personal chat, whose ID as the bot knows it (`a:…`) isn't the one that Teams'
 * links need (`19:…`). A thread is named by its root.
 */
export function messageLink(
  { kind, conversationId, channelId, tenantId }: TeamsAddress,
  messageId: string,
): string | null {
  const path = (place: string) =>
    `https://teams.microsoft.com/l/message/${encodeURIComponent(place)}/${encodeURIComponent(messageId)}`;
  const [chat = conversationId, root = messageId] = conversationId.split(';messageid=');
  switch (kind) {
    case 'personal':
      return null;
    case 'group':
      return `${path(chat)}?${new URLSearchParams({ context: '{"contextType":"chat"}' })}`;
    case 'channel': {
      const query = { ...(tenantId !== null && { tenantId }), parentMessageId: root };
      return `${path(channelId ?? chat)}?${new URLSearchParams(query)}`;
    }
  }
}
