import { LRUCache } from 'lru-cache';
import type { ConversationSeen } from '../../bot/port.ts';
import { conversationSeen } from '../conversation-seen.ts';
import type { ApiOf, WebApi } from '../web-api.ts';

const maxKept = 5_000;

/** Finds each person's own chat with the bot, and caches it: it never changes. */
export function personalChats(apiOf: ApiOf): (team: string, user: string) => Promise<ConversationSeen> {
  const known = new LRUCache<string, string>({ max: maxKept });
  return async (team, user) => {
    const key = `${team}/${user}`;
    const channel = known.get(key) ?? (await openChat(apiOf(team), user));
    known.set(key, channel);
    return conversationSeen({ team, channel, thread: null });
  };
}

async function openChat(api: WebApi, user: string): Promise<string> {
  const doing = 'opening a direct message in Slack';
  const { channel } = await api(doing, (client) => client.conversations.open({ users: user }));
  if (!channel?.id) throw new Error(`${doing}: answered without an id`);
  return channel.id;
}
