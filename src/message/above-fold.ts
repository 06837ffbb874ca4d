/** What is shown above a card's buttons, so that they are on a phone's first screen: the rest is in the details. */
import type { Block } from './card-data.ts';

/** About how many characters fit in a line on a phone. */
const perLine = 44;

/** About how many lines a block takes on a phone. */
function linesOf(block: Block): number {
  const wrapped = (text: string) => Math.ceil(text.length / perLine);
  const sum = (texts: readonly string[]) => texts.reduce((all, text) => all + wrapped(text), 0);
  if (block.kind === 'text') return wrapped(block.text);
  if (block.kind === 'facts') return sum(block.facts.map(({ title, value }) => `${title}: ${value}`));
  if (block.kind === 'list') return sum(block.items.map(({ text, note = '' }) => `${text} ${note}`));
  if (block.kind === 'code') return sum(block.lines);
  if (block.kind === 'steps') return sum(block.steps.map(({ text, note = '' }) => `${text} ${note}`));
  return block.rows.length;
}

/** How many lines on a phone the blocks may take, and how many of their groups are always shown. */
type Room = { readonly lines: number; readonly min: number };

/** How many of these groups, in order, fit next to what is already there. */
export function countAbove(groups: readonly (readonly Block[])[], beside: readonly Block[], room: Room): number {
  const sum = (blocks: readonly Block[]) => blocks.reduce((all, block) => all + linesOf(block), 0);
  let taken = sum(beside);
  const over = groups.findIndex((group) => (taken += sum(group)) > room.lines);
  return over < 0 ? groups.length : Math.max(room.min, over);
}
