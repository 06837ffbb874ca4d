/** A sign of life while a message takes longer than people wait in silence, if the platform has one. */
import { loggable } from '../../core/log.ts';
import { newestOpenDialog } from '../../store/dialogs.ts';
import type { Deps } from '../deps.ts';
import type { Inbound } from '../port.ts';

const silentMs = 1_000;

/** What a turn reports: `ended` when its answer is stored, `dropped` if there is nothing to answer (a repeat). */
type SignOfLife = { readonly ended: () => void; readonly dropped: () => void };

const none: SignOfLife = { ended: () => {}, dropped: () => {} };

/**
 * Shows once, a second after the newest message of a conversation, that Kluis is working on it: in its turn, or in the
 * lookup that the turn started. Whether that is still running is read from the store at that moment, since any process
 * may be doing the lookup; so nothing is shown once the verdict is there. A sign that can't be sent is only logged: it
 * mustn't disturb the work.
 */
export function signsOfLife(deps: Deps): (inbound: Inbound) => SignOfLife {
  const timers = new Map<string, NodeJS.Timeout>();
  return ({ conversation, event }) => {
    const sender = deps.senders[conversation.platform];
    if (!sender?.typing || event.kind !== 'text') return none;
    let hasEnded = false;
    const isWorking = async () => !hasEnded || (await newestOpenDialog(deps.database.db, conversation.id))?.lookup;
    const show = async () => {
      timers.delete(conversation.id);
      try {
        if (await isWorking()) await sender.typing?.(conversation);
      } catch (error) {
        deps.log.info({ ...loggable(error), conversation: conversation.id }, 'a sign of life could not be shown');
      }
    };
    clearTimeout(timers.get(conversation.id));
    const timer = setTimeout(() => void show(), silentMs).unref();
    timers.set(conversation.id, timer);
    const dropped = () => {
      clearTimeout(timer);
      if (timers.get(conversation.id) === timer) timers.delete(conversation.id);
    };
    return { ended: () => void (hasEnded = true), dropped };
  };
}
