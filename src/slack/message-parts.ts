import type { KnownBlock } from '@slack/types';
import type { Drawn } from '../bot/port.ts';
import { translate } from './blocks/translate.ts';
import type { Translated, TranslateOptions } from './blocks/translation.ts';

const member = /^[UW][A-Z0-9]{5,20}$/;

/** A drawn message in Slack's form. A person of another platform is named, not mentioned. */
export function inSlack(drawn: Drawn, options: TranslateOptions = {}): Translated {
  return translate(drawn, { mention: (id) => (member.test(id) ? id : null), ...options });
}

/** What is sent of a drawn message. */
export function messageParts(drawn: Drawn): { text: string; blocks: KnownBlock[] } {
  const { text, messages } = inSlack(drawn);
  return { text, blocks: [...(messages[0] ?? [])] };
}

/** The blocks of the app's own page. */
export function homeBlocks(drawn: Drawn): KnownBlock[] {
  return [...(inSlack(drawn, { surface: 'home' }).messages[0] ?? [])];
}
