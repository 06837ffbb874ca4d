import { loggable } from '../../core/log.ts';
import { words } from '../../message/words.ts';
import type { Person } from '../../core/person.ts';
import type { StoredMessage } from '../../store/messages.ts';
import type { Deps } from '../deps.ts';
import { asideIn, openingOf } from '../turn/open-thread.ts';
import type { ChatSender, Destination, Receive } from '../port.ts';

/**
 * A command was given where the bot can't write. The person who gave it gets a private answer there, if the platform
 * has one; otherwise a direct message, once, if that can be delivered. Every other message is ignored here.
 */
export async function notifyByDirectMessage(
  deps: Pick<Deps, 'log' | 'simulated' | 'defaultTimeZone'>,
  { to, sender, message, receive }: { to: Destination; sender: ChatSender; message: StoredMessage; receive: Receive },
): Promise<void> {
  const opening = message.sentRev === 0 ? openingOf(message) : null;
  if (!opening) return;
  const { reader, text } = opening;
  const person = opening.person as Person;
  try {
    const aside = asideIn(opening);
    if (aside) {
      const event = { kind: 'text', text, private: false } as const;
      return void (await receive({ key: `aside:${message.id}`, conversation: aside, person, reader, event }));
    }
    if (!sender.openPersonal) return;
    const { say } = words({ ...reader, timeZone: reader.timeZone ?? deps.defaultTimeZone, simulated: deps.simulated });
    const told = say('thread.cannot-write', { asked: text });
    const chat = await sender.openPersonal(to, person.platformId);
    await sender.post(chat, { card: null, text: told, summary: told, mentions: [] }, `${message.id}-elsewhere`);
  } catch (error) {
    deps.log.warn({ ...loggable(error), person: person.id }, 'nobody could be told that a command was not taken up');
  }
}
