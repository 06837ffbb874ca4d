import type { PlainTextOption } from '@slack/types';
import { storeOverflow, lengthOf, type OverflowStore } from '../overflow-store.ts';
import { limits } from '../limits.ts';
import { cut, plainObject } from '../text-object.ts';

/** One of several to choose from. */
export type Choice = { readonly title: string; readonly value: string };

/**
 * A choice as a Slack option. A title that is too long for one line continues in the line below, which is enough for
 * every title of a card; a value that is too long is stored.
 */
export function option({ title, value }: Choice, overflow: OverflowStore): PlainTextOption {
  const { first, second } = twoLines(title);
  return {
    text: plainObject(first),
    value: storeOverflow(overflow, value, limits.optionValue),
    ...(second !== '' && { description: plainObject(cut(second, limits.optionDescription)) }),
  };
}

/** Broken where a part ends, or between words, or anywhere: as late as the first line has room for. */
function twoLines(title: string): { readonly first: string; readonly second: string } {
  const characters = Array.from(title);
  if (characters.length <= limits.optionText) return { first: title, second: '' };
  const least = characters.length - limits.optionDescription - 1;
  const head = characters.slice(0, limits.optionText + 1).join('');
  const breaks = [head.lastIndexOf(' · '), head.lastIndexOf(' ')].filter((at) => lengthOf(head.slice(0, at)) >= least);
  const at = breaks.find((each) => each > 0);
  const room = characters.slice(0, limits.optionText).join('');
  if (at === undefined) return { first: room, second: title.slice(room.length) };
  return { first: title.slice(0, at), second: title.slice(at + 1) };
}
