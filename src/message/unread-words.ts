import type { Block } from './card-data.ts';
import type { Words } from './words.ts';

/** A subscription or vault that couldn't be read, and why. */
type UnreadToSay = {
  readonly of: 'subscription' | 'vault';
  readonly name: string;
  readonly why: 'denied' | 'missing' | 'silent';
  readonly action: string | null;
  readonly answer?: string | undefined;
};

const maxInTitle = 3;

/** What couldn't be read, as half of a title; the lines below it say why. */
export function unreadTitle(words: Words, unread: readonly UnreadToSay[]): string {
  const each = eachOnce(unread);
  const [only] = each;
  if (only && each.every(({ of, name }) => of === only.of && name === only.name)) {
    // An ID of 36 characters fits no title.
    const place = only.of === 'vault' ? only.name : words.say('unread.a-subscription');
    return words.say('unread.one', { place });
  }
  const places = [...new Set(each.map(({ name }) => name))];
  return words.say('unread.several', { places: words.names(places, maxInTitle) });
}

/**
 * A line for each place that couldn't be read; nothing if everything was. If there is only one, and it is in the
 * card's title, it only says why.
 */
export function unreadBlocks(words: Words, unread: readonly UnreadToSay[], title = ''): Block[] {
  return unreadLines(words, unread, title).map((text) => ({ kind: 'text', text }));
}

/** The same as plain lines. */
export function unreadLines(words: Words, unread: readonly UnreadToSay[], title = ''): string[] {
  const isOnly = new Set(unread.map(({ of, name }) => `${of} ${name}`)).size === 1;
  const isTold = ({ of, name }: UnreadToSay) =>
    isOnly && of === 'vault' && title.includes(words.say('unread.one', { place: name }));
  return eachOnce(unread).map((one) => (isTold(one) ? whyUnread(words, one) : `${sentenceOf(words, one)}.`));
}

/** What two reads of the same place lacked is said once for each permission. */
function eachOnce(unread: readonly UnreadToSay[]): UnreadToSay[] {
  return [
    ...new Map(unread.map((one) => [`${one.of} ${one.name} ${one.why} ${one.action} ${one.answer}`, one])).values(),
  ];
}

/** Why a place couldn't be read, as a sentence. */
export function whyUnread({ say }: Words, { why, action, answer }: Omit<UnreadToSay, 'of' | 'name'>): string {
  if (why === 'silent' && answer !== undefined) return say('unread.why-answered', { answer });
  return say(`unread.why-${why}`, { action: action ?? say('unread.a-right') });
}

function sentenceOf({ say }: Words, { of, name, why, action, answer }: UnreadToSay): string {
  const place = of === 'vault' ? name : say('unread.subscription', { id: name });
  if (why === 'denied') return say('unread.denied', { place, action: action ?? say('unread.a-right') });
  if (why === 'silent' && answer !== undefined) return say('unread.answered', { place, answer });
  return say(why === 'missing' ? 'unread.missing' : 'unread.silent', { place });
}
