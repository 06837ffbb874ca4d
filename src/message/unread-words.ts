import type { Block } from './card-data.ts';
import type { Words } from './words.ts';

/** A subscription or vault that could not be read, and why. */
type UnreadToSay = {
  readonly of: 'subscription' | 'vault';
  readonly name: string;
  readonly why: 'denied' | 'missing' | 'silent';
  readonly action: string | null;
};

const maxInTitle = 3;

/** What could not be read, as the half of a title; why not stands in the lines below it. */
export function unreadTitle(words: Words, unread: readonly UnreadToSay[]): string {
  const each = eachOnce(unread);
  const [only] = each;
  if (only && each.length === 1) {
    // An id of 36 characters fits no title.
    const place = only.of === 'vault' ? only.name : words.say('unread.a-subscription');
    return words.say('unread.one', { place });
  }
  return words.say('unread.several', {
    places: words.names(
      each.map(({ name }) => name),
      maxInTitle,
    ),
  });
}

/** A line for each place that could not be read; nothing where all was read. */
export function unreadBlocks(words: Words, unread: readonly UnreadToSay[]): Block[] {
  return unreadLines(words, unread).map((text) => ({ kind: 'text', text }));
}

/** The same as plain lines. */
export function unreadLines(words: Words, unread: readonly UnreadToSay[]): string[] {
  return eachOnce(unread).map((one) => `${sentenceOf(words, one)}.`);
}

/** What two readings of one place lacked is said once, for each right. */
function eachOnce(unread: readonly UnreadToSay[]): UnreadToSay[] {
  return [...new Map(unread.map((one) => [`${one.of} ${one.name} ${one.why} ${one.action}`, one])).values()];
}

function sentenceOf({ say }: Words, { of, name, why, action }: UnreadToSay): string {
  const place = of === 'vault' ? name : say('unread.subscription', { id: name });
  if (why === 'denied') return say('unread.denied', { place, action: action ?? say('unread.a-right') });
  return say(why === 'missing' ? 'unread.missing' : 'unread.silent', { place });
}
