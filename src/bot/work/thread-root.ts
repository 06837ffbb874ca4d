/**
 * The message below which a conversation takes place, if the bot itself posted it: it shows the verdict of the request,
 * so that a channel shows answers and not only commands.
 */
import { messageOnPlatform } from '../../store/messages.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { renderOpening, openingOf } from '../turn/open-thread.ts';
import type { Sending } from './sending.ts';
import { updateIfChanged } from '../update-if-changed.ts';

/** Shows the verdict of a message that was just sent on the root of its thread. Idempotent. */
export async function headRoot(deps: Deps, { to, sender, message, drawn }: Sending): Promise<void> {
  if (!drawn.mark || message.privateTo !== null) return;
  const root = sender.rootOf?.(to);
  if (!root || !message.asked.includes(root.messageId)) return;
  const { conversation, messageId } = root;
  await inTransaction(deps, async (unit) => {
    const found = await messageOnPlatform(unit.q, conversation, messageId);
    const opening = found && openingOf(found);
    if (!found || !opening) return;
    const headed = { ...renderOpening(opening, drawn), opening };
    if (await updateIfChanged(unit.q, found.id, headed)) unit.wake({ to: 'deliver', id: conversation });
  });
}
