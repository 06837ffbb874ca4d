import { ChatFault, type Answer, type ConversationSeen, type OutgoingMessage } from '../../bot/port.ts';
import { words } from '../../message/words.ts';
import { addressSchema } from '../conversation-seen.ts';
import type { EndpointParts } from './endpoint-parts.ts';
import type { Identified } from './identify.ts';

/** Where somebody pressed or wrote, and on which message; null on the app's home tab. */
type Place = { readonly conversation: ConversationSeen; readonly messageId: string | null };

/** Sends one person a private message where they pressed, after Slack has its answer. */
export function tell(parts: EndpointParts, told: Place & { readonly who: Identified; readonly text: string }): void {
  const { conversation, messageId, who, text } = told;
  const drawn = { card: null, text, summary: text, mentions: [] };
  const person = who.person.platformId;
  parts.after('answering a press', () => tellAlone(parts, { conversation, messageId, person, drawn }));
}

/**
 * Tells somebody that nothing was done, because Slack didn't say in time who they are. Their language is unknown too.
 */
export function tellUnknown(
  parts: EndpointParts,
  { conversation, messageId, user }: Place & { readonly user: string },
): void {
  const text = words({ locale: 'en', timeZone: 'UTC', simulated: false }).say('refused.who-unknown');
  const drawn = { card: null, text, summary: text, mentions: [] };
  parts.after('asking to try again', () => tellAlone(parts, { conversation, messageId, person: user, drawn }));
}

/** In the conversation; if Slack can't do that there, in their own chat with the bot. */
async function tellAlone(
  { sender, personalOf }: EndpointParts,
  { conversation, messageId, person, drawn }: Place & { readonly person: string; readonly drawn: OutgoingMessage },
): Promise<void> {
  try {
    await sender.postPrivately(conversation, drawn, person, messageId === null ? [] : [messageId]);
  } catch (fault) {
    const isElsewhere = fault instanceof ChatFault && (fault.kind === 'refused' || fault.kind === 'gone');
    if (!isElsewhere || conversation.kind === 'personal') throw fault;
    const { team } = addressSchema.parse(conversation.address);
    await sender.postPrivately(await personalOf(team, person), drawn, person);
  }
}

/**
 * The part of an answer that the card doesn't show, since the card comes through the outbox and is the same for
 * everybody.
 */
export function toldAlone(answer: Answer): string | null {
  if (answer.show === 'text') return answer.text;
  return answer.show === 'card' ? (answer.note ?? null) : null;
}
