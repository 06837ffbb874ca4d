/** Conversations derived from another one: the channel around a thread, and the thread below a message. */
import { addConversation, conversationById, type Conversation } from '../store/conversations.ts';
import { messageById } from '../store/messages.ts';
import type { Within } from './deps.ts';
import type { PlatformName } from './port.ts';

/** If the bot was only ever addressed in threads of a channel, the channel itself is derived from one. */
export async function outsideThreads({ deps, unit }: Within, at: Conversation): Promise<Conversation> {
  const platform = at.platform as PlatformName;
  const seen = deps.senders[platform]?.channelOf?.({ ...at, platform });
  if (!seen || seen.id === at.id) return at;
  const { id, kind, channel, address } = seen;
  const root = { ...at, id, kind, channel, address };
  await addConversation(unit.q, root);
  return root;
}

/** The thread below a message of the bot in a channel; null: the message hasn't been posted. */
export async function threadBelow(
  { deps, unit }: Within,
  at: Conversation,
  message: string,
): Promise<Conversation | null> {
  const platform = at.platform as PlatformName;
  const posted = (await messageById(unit.q, message))?.platformId ?? null;
  const seen = posted && deps.senders[platform]?.threadBelow?.({ ...at, platform }, posted);
  if (!seen) return null;
  const { id, kind, channel, address } = seen;
  const thread = { ...at, id, kind, channel, address };
  await addConversation(unit.q, thread);
  return thread;
}

/** Whether a click came from a message posted in one of these conversations, or from the thread below it. */
export async function isShownHere(
  { unit }: Pick<Within, 'unit'>,
  here: { readonly conversation: string; readonly channel: string | null; readonly messageId: string | null },
  copies: readonly { readonly message: string; readonly conversation: string }[],
): Promise<boolean> {
  if (copies.some(({ conversation }) => conversation === here.conversation)) return true;
  if (here.messageId === null || here.channel === null) return false;
  for (const { message, conversation } of copies) {
    const shown = await messageById(unit.q, message);
    const place = await conversationById(unit.q, conversation);
    if (shown?.platformId === here.messageId && place?.channel === here.channel) return true;
  }
  return false;
}
