import type { Answer, ConversationSeen } from '../../bot/port.ts';
import type { DoorParts } from './door-parts.ts';
import type { Identified } from './identify.ts';

/** Tells one person something where they pressed, after Slack has its answer. */
export function tell(
  parts: DoorParts,
  told: { readonly conversation: ConversationSeen; readonly who: Identified; readonly text: string },
): void {
  const { conversation, who, text } = told;
  const drawn = { card: null, text, summary: text, mentions: [] };
  const person = who.person.platformId;
  parts.after('answering a press', () => parts.sender.postPrivately(conversation, drawn, person));
}

/** What of an answer the card does not show, since it comes through the outbox and is the same for everybody. */
export function toldAlone(answer: Answer): string | null {
  if (answer.show === 'text') return answer.text;
  return answer.show === 'card' ? (answer.note ?? null) : null;
}
