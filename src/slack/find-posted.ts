import { z } from 'zod';
import { ChatFault } from '../bot/port.ts';
import type { SlackAddress } from './conversation-seen.ts';
import type { ApiOf } from './web-api.ts';

const eventType = 'kluis_message';

/** The metadata that each message of the bot carries, invisible to people: the product's own message ID. */
export function metadataOf(key: string) {
  return { event_type: eventType, event_payload: { key } };
}

const withKey = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.literal(eventType), event_payload: z.object({ key: z.string() }) }),
});

/** As many of the newest messages as Slack returns at once: the message was posted a moment ago. */
const limit = 200;

/**
 * The message with this key, after a post whose response was lost. Null if there is none, and if the bot can't look:
 * then it is posted again.
 */
export async function findPosted(
  apiOf: ApiOf,
  { team, channel, thread }: SlackAddress,
  key: string,
): Promise<{ readonly id: string } | null> {
  const doing = 'looking for a message in Slack';
  const common = { channel, include_all_metadata: true, limit };
  try {
    const { messages = [] } = await apiOf(team)<{ messages?: unknown[] }>(doing, (client) =>
      thread === null
        ? client.conversations.history(common)
        : client.conversations.replies({ ...common, ts: thread, limit: 1000 }),
    );
    const all = messages.map((message) => withKey.safeParse(message).data);
    const found = all.find((message) => message?.metadata.event_payload.key === key);
    return found ? { id: found.ts } : null;
  } catch (fault) {
    if (fault instanceof ChatFault && (fault.kind === 'refused' || fault.kind === 'gone')) return null;
    throw fault;
  }
}
