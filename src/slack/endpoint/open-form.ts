import type { ConversationSeen, OutgoingMessage } from '../../bot/port.ts';
import { words } from '../../message/words.ts';
import { addressSchema } from '../conversation-seen.ts';
import { inSlack } from '../message-parts.ts';
import type { SlackActionsSeen } from './bodies.ts';
import type { EndpointParts } from './endpoint-parts.ts';
import { writeOrigin } from './form-origin.ts';
import type { Identified } from './identify.ts';
import { tell } from './tell.ts';

/** The message with the form in its desired state (null: the product knows none), and who wants to fill it in. */
type Opening = {
  readonly seen: SlackActionsSeen;
  readonly on: OutgoingMessage | null;
  readonly messageId: string | null;
  readonly conversation: ConversationSeen;
  readonly who: Identified;
};

/** Opens a card's form. Slack accepts that for three seconds after the press; later the person has to press again. */
export function openForm(parts: EndpointParts, opening: Opening): void {
  const { seen, on, messageId, conversation, who } = opening;
  const origin = messageId === null ? '' : writeOrigin({ conversation, messageId });
  const view = on ? inSlack(on, { origin }).modal : null;
  const say = (text: string) => tell(parts, { conversation, messageId, who, text });
  const { say: word } = words({ ...who.reader, timeZone: who.reader.timeZone ?? 'UTC', simulated: false });
  // The card has moved on, and Slack shows the previous one: the newest state comes through the outbox.
  if (!view || !seen.trigger_id) return say(word('refusal.outdated-card'));
  const trigger_id = seen.trigger_id;
  parts.after('opening a form', async () => {
    try {
      await parts.apiOf(addressSchema.parse(conversation.address).team)('opening a form in Slack', (client) =>
        client.views.open({ trigger_id, view }),
      );
    } catch (fault) {
      say(word('form.not-opened'));
      throw fault;
    }
  });
}
