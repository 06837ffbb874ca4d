/** The fix of a finding, as blocks: the steps numbered line by line, and commands separately, ready to be copied. */
import type { Block } from '../card-data.ts';

type Way = { readonly text: string; readonly command: string | null };

/**
 * Splits a fix from the wording: one sentence, or steps numbered `1. … 2. …`, each perhaps ending in a command.
 */
export function fixBlocks(fix: string): Block[] {
  const ways = waysOf(fix);
  if (ways.length === 1) return [oneWay(ways[0] as Way)];
  const first = ways.findIndex(({ command }) => command !== null);
  if (first === 0) return ways.map((way, at) => oneWay({ ...way, text: `${at + 1}. ${way.text}` }));
  // A list numbers itself; after a command it would start at 1 again, so those steps carry their own number.
  const listed = first < 0 ? ways : ways.slice(0, first);
  const list: Block = { kind: 'list', ordered: true, items: listed.map(({ text }) => ({ text })) };
  const rest = ways.slice(listed.length);
  return [list, ...rest.map((way, at) => oneWay({ ...way, text: `${listed.length + at + 1}. ${way.text}` }))];
}

function oneWay({ text, command }: Way): Block {
  if (command === null) return { kind: 'text', text };
  return { kind: 'code', ...(text === '' ? {} : { caption: text }), lines: [command] };
}

function waysOf(fix: string): Way[] {
  const parts = fix
    .split(/(?:^|\s)\d\.\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.map(wayOf);
}

/** A command extends to the end of its step; the words before it end in a colon. */
function wayOf(part: string): Way {
  const found = /^(?:(.*?:)\s)?(az\s.+|npm run\s.+)$/su.exec(part);
  return found ? { text: found[1] ?? '', command: found[2] as string } : { text: part, command: null };
}
