import type { Unread } from '../azure/partial-read.ts';
import type { Mark } from '../message/card-data.ts';
import { unreadTitle } from '../message/unread-words.ts';
import { shorten } from '../message/escape.ts';
import { firstFitting } from '../message/verdict-texts.ts';
import type { Words } from '../message/words.ts';

/**
 * What a list says in its title. `whole`: the title of the whole list, which starts with its number unless it is empty;
 * `what`: what its rows are, in the plural; `unread`: places whose rows are missing.
 */
export type ListTitle = {
  readonly whole: string;
  readonly what: string;
  readonly all: number;
  readonly count: number;
  readonly filter: string;
  readonly unread: readonly Unread[];
  /** What is wrong with the rows that match, if that isn't what they are listed for. */
  readonly verdict?: string;
  /** Whether nothing that was read needs anybody, so that what wasn't read decides. */
  readonly isClear?: boolean;
};

/** How much of the typed words a title repeats. */
const maxFilter = 24;

/**
 * The title of a list. It always names the filter, and never calls a list empty because of it; what wasn't read never
 * counts as none.
 */
export function listTitle(words: Words, title: ListTitle): string {
  const { say } = words;
  const { count, all, what, unread, verdict } = title;
  const filter = shorten(title.filter, maxFilter);
  const whole = wholeOf(words, title);
  if (filter === '') return whole;
  if (count === 0) return say('view.no-match', { filter, whole });
  const plain = say(unread.length > 0 ? 'view.match-read' : 'view.match', { count, all, what, filter });
  if (verdict === undefined) return plain;
  // Where not all was read, the number of all isn't said without that.
  const short = unread.length > 0 ? plain : say('view.match-short', { count, all, filter, verdict });
  return firstFitting([`${plain}: ${verdict}`, short]);
}

/** The mark of a list: unknown, not understood, or the list's own. */
export function listMark(title: Omit<ListTitle, 'whole' | 'what' | 'verdict'>, own: Mark): Mark {
  if (title.filter !== '' && title.count === 0) return 'ask';
  return (title.all === 0 || title.isClear) && title.unread.length > 0 ? 'unknown' : own;
}

function wholeOf(words: Words, { whole, all, unread, isClear }: ListTitle): string {
  if (unread.length === 0) return whole;
  return all === 0 || isClear
    ? words.say('unread.title', { unread: unreadTitle(words, unread) })
    : words.say('view.at-least', { whole });
}
