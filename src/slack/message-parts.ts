import type { KnownBlock } from '@slack/types';
import type { OutgoingMessage } from '../bot/port.ts';
import { translate } from './blocks/translate.ts';
import type { Translated, TranslateOptions } from './blocks/translation.ts';

const member = /^[UW][A-Z0-9]{5,20}$/;

/** A rendered message in Slack's form. A person of another platform is named, not mentioned. */
export function inSlack(drawn: OutgoingMessage, options: TranslateOptions = {}): Translated {
  return translate(drawn, { mention: (id) => (member.test(id) ? id : null), ...options });
}

/** What is sent of a rendered message. */
export type MessageParts = { readonly text: string; readonly blocks: KnownBlock[] };

/** A rendered message as it is sent, with a log of what Slack can't show as the card says it. */
export function messageParts(
  drawn: OutgoingMessage,
  options: Pick<TranslateOptions, 'folds'> = {},
): { readonly parts: MessageParts; readonly warnings: readonly string[] } {
  const { text, messages, warnings } = inSlack(drawn, options);
  return { parts: { text, blocks: [...(messages[0] ?? [])] }, warnings };
}

/** The blocks of the app's home tab. */
export function homeBlocks(drawn: OutgoingMessage): KnownBlock[] {
  return [...(inSlack(drawn, { surface: 'home' }).messages[0] ?? [])];
}
