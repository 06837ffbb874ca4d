import { z } from 'zod';
import type { ConversationSeen } from '../../bot/port.ts';
import { tenantOf, type Activity } from '../activity.ts';

/** What sending to a conversation needs; it is stored with the conversation and returned with each message to send. */
export const addressSchema = z.object({
  kind: z.enum(['personal', 'group', 'channel']),
  serviceUrl: z.string(),
  conversationId: z.string(),
  tenantId: z.string().nullable(),
  botId: z.string().nullable(),
  botName: z.string().nullable(),
  channelId: z.string().nullable(),
});

/** The address of a Teams conversation. */
export type TeamsAddress = z.output<typeof addressSchema>;

/** Where an activity took place. A channel thread (`…;messageid=<root>`) is a separate conversation. */
export function conversationSeen(activity: Activity): ConversationSeen {
  const { conversation, recipient, serviceUrl } = activity;
  const kind = kindOf(activity);
  const channel = kind === 'personal' ? null : channelOf(activity);
  const address: TeamsAddress = {
    kind,
    serviceUrl,
    conversationId: conversation.id,
    tenantId: tenantOf(activity),
    botId: recipient?.id ?? null,
    botName: recipient?.name ?? null,
    channelId: channel,
  };
  return { id: conversationKey(conversation.id), platform: 'teams', kind, channel, address };
}

/** The product's ID for a Teams conversation. */
export function conversationKey(conversationId: string): string {
  return `teams:${conversationId}`;
}

function kindOf({ conversation, channelData }: Activity): ConversationSeen['kind'] {
  if (conversation.conversationType === 'personal') return 'personal';
  if (conversation.conversationType === 'groupChat') return 'group';
  if (conversation.conversationType === 'channel') return 'channel';
  if (channelData?.channel?.id ?? channelData?.teamsChannelId) return 'channel';
  // Some local clients omit the type. A conversation of several people is never taken for a personal chat.
  return conversation.isGroup || conversation.id.startsWith('19:') ? 'group' : 'personal';
}

function channelOf({ conversation, channelData }: Activity): string {
  const named = channelData?.channel?.id ?? channelData?.teamsChannelId;
  return named ?? (conversation.id.split(';messageid=')[0] || conversation.id);
}
