import { messageOnPlatform } from '../../store/messages.ts';
import type { Deps } from '../deps.ts';
import type { OutgoingMessage } from '../port.ts';

/** The current state of a bot message, found by its place in the chat; null if the bot has none there. */
export function findCurrent(deps: Pick<Deps, 'database'>) {
  return async (conversation: string, platformId: string): Promise<OutgoingMessage | null> =>
    ((await messageOnPlatform(deps.database.db, conversation, platformId))?.desired ?? null) as OutgoingMessage | null;
}
