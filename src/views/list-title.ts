import type { Unread } from '../azure/partial-read.ts';
import type { Mark } from '../message/card-data.ts';
import { unreadTitle } from '../message/unread-words.ts';
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
};

/**
 * The title of a list. It always names the filter, and never calls a list empty because of it; what wasn't read never
 * counts as none.
 */
export function listTitle(words: Words, title: ListTitle): string {
  const { say } = words;
  const { count, all, what, filter, unread } = title;
  const whole = wholeOf(words, title);
  if (filter === '') return whole;
  if (count === 0) return say('view.no-match', { filter, whole });
  return say(unread.length > 0 ? 'view.match-read' : 'view.match', { count, all, what, filter });
}

/** The mark of a list: unknown, not understood, or the list's own. */
export function listMark(title: Pick<ListTitle, 'all' | 'count' | 'filter' | 'unread'>, own: Mark): Mark {
  if (title.filter !== '' && title.count === 0) return 'ask';
  return title.all === 0 && title.unread.length > 0 ? 'unknown' : own;
}

function wholeOf(words: Words, { whole, all, unread }: ListTitle): string {
  if (unread.length === 0) return whole;
  return all === 0
    ? words.say('unread.title', { unread: unreadTitle(words, unread) })
    : words.say('view.at-least', { whole });
}
