import { asWritten } from '../../message/timed-text.ts';
import { words } from '../../message/words.ts';
import { alertById } from '../../store/alerts.ts';
import { conversationById } from '../../store/conversations.ts';
import { isShownHere } from '../channel-places.ts';
import type { InboundEvent } from '../port.ts';
import type { Turn } from '../turn-context.ts';
import { alertTitle } from './show-alert.ts';

/**
 * A turn that knows what the open alert says on whose card a command was pressed: that is why it is typed. The same
 * turn if it was pressed elsewhere, or the alert isn't shown here.
 */
export async function toldBy(
  turn: Turn,
  { messageId }: Extract<InboundEvent, { kind: 'click' }>,
  alertId: string | undefined,
): Promise<Turn> {
  const { deps, unit, inbound, context } = turn;
  const stored = alertId === undefined ? null : await alertById(unit.q, alertId);
  if (!stored || stored.alert.closedAt !== null) return turn;
  const { id: conversation, channel } = inbound.conversation;
  for (const copy of stored.copies) {
    const at = await conversationById(unit.q, copy.conversation);
    if (!at || !(await isShownHere({ unit }, { conversation, channel, messageId }, [copy]))) continue;
    const here = { ...at, locale: context.locale, timeZone: context.timeZone };
    const since = words(context).say('alert.since', { at: new Date(stored.alert.openedAt) });
    const title = alertTitle(deps, stored.alert, { at: here, scope: copy.scope });
    return { ...turn, why: asWritten(`${title} (${since})`) };
  }
  return turn;
}
