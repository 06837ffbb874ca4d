import { z } from 'zod';
import type { ConversationSeen } from '../bot/port.ts';

/**
 * What sending to a conversation needs; it is stored with the conversation and returned with each message to send.
 * `thread` is the message below which the conversation takes place; null in a personal chat, and in the channel itself.
 */
export const addressSchema = z.object({
  kind: z.enum(['personal', 'channel']),
  team: z.string(),
  channel: z.string(),
  thread: z.string().nullable(),
});

/** A place that only the person who gave a command can read: the command's response URL. */
export const asideSchema = z.object({ kind: z.literal('aside'), team: z.string(), channel: z.string(), url: z.url() });

/** The address of a Slack conversation. */
export type SlackAddress = z.output<typeof addressSchema>;

/** Where something happened: `thread` is null if it began outside any. */
type SlackOrigin = {
  readonly team: string;
  readonly channel: string;
  readonly thread: string | null;
};

/**
 * The conversation at a place. A personal chat is one conversation, whatever threads somebody opens in it; in a channel
 * each thread is a separate one, and outside threads there is only what opens one.
 */
export function conversationSeen({ team, channel, thread }: SlackOrigin): ConversationSeen {
  if (isPersonal(channel)) {
    const address: SlackAddress = { kind: 'personal', team, channel, thread: null };
    return { id: `slack:${team}:${channel}`, platform: 'slack', kind: 'personal', channel: null, address };
  }
  const address: SlackAddress = { kind: 'channel', team, channel, thread };
  const id = thread === null ? `slack:${team}:${channel}` : `slack:${team}:${channel}:${thread}`;
  return { id, platform: 'slack', kind: 'channel', channel, address, ...(thread === null && { opensThread: true }) };
}

/** Whether this is somebody's direct chat with the bot. */
export function isPersonal(channel: string): boolean {
  return channel.startsWith('D');
}
