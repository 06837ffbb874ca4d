/** The fix of a finding, as blocks: the steps numbered line by line, and commands separately, ready to be copied. */
import type { Block } from '../card-data.ts';
import type { FixStep } from '../../core/fix-steps.ts';

/** The steps of a fix; a single one has no number. */
export function fixBlocks(ways: readonly FixStep[]): Block[] {
  if (ways.length === 1) return [oneWay(ways[0] as FixStep)];
  const first = ways.findIndex(({ command }) => command !== null);
  if (first === 0) return ways.map((way, at) => oneWay({ ...way, text: `${at + 1}. ${way.text}` }));
  // A list numbers itself; after a command it would start at 1 again, so those steps carry their own number.
  const listed = first < 0 ? ways : ways.slice(0, first);
  const list: Block = { kind: 'list', ordered: true, items: listed.map(({ text }) => ({ text })) };
  const rest = ways.slice(listed.length);
  return [list, ...rest.map((way, at) => oneWay({ ...way, text: `${listed.length + at + 1}. ${way.text}` }))];
}

function oneWay({ text, command }: FixStep): Block {
  if (command === null) return { kind: 'text', text };
  return { kind: 'code', ...(text === '' ? {} : { caption: text }), lines: [command] };
}
