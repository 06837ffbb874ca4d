import { loggable } from '../core/log.ts';
import { words } from '../message/words.ts';
import type { StoredMessage } from '../store/messages.ts';
import type { Deps } from './deps.ts';
import { openingOf } from './open-thread.ts';
import type { ChatSender, Destination } from './port.ts';

/**
 * A command was given where the bot may not write: whoever gave it is told in their personal chat, once, as far as that can
 * be reached. Every other message says nothing here.
 */
export async function tellElsewhere(
  deps: Pick<Deps, 'log' | 'simulated' | 'defaultTimeZone'>,
  { to, sender, message }: { to: Destination; sender: ChatSender; message: StoredMessage },
): Promise<void> {
  const opening = message.sentRev === 0 ? openingOf(message) : null;
  if (!opening || !sender.openPersonal) return;
  const { reader, person, text } = opening;
  const { say } = words({ ...reader, timeZone: reader.timeZone ?? deps.defaultTimeZone, simulated: deps.simulated });
  const told = say('thread.cannot-write', { asked: text });
  try {
    const chat = await sender.openPersonal(to, person.platformId);
    await sender.post(chat, { card: null, text: told, summary: told, mentions: [] }, `${message.id}-elsewhere`);
  } catch (error) {
    deps.log.warn({ ...loggable(error), person: person.id }, 'nobody could be told that a command was not taken up');
  }
}
