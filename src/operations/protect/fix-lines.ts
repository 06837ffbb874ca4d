/** What mends a finding, as blocks: the ways numbered line by line, and commands by themselves, ready to be copied. */
import type { Block } from '../../message/card-data.ts';

type Way = { readonly text: string; readonly command: string | null };

/** Splits a fix as the wording has it: one sentence, or ways numbered `1. … 2. …`, each perhaps ending in an `az` command. */
export function fixBlocks(fix: string): Block[] {
  const ways = waysOf(fix);
  const commands = ways.flatMap(({ command }) => (command === null ? [] : [command]));
  const texts = ways.map(({ text }) => text).filter((text) => text !== '');
  const code: Block[] = commands.length > 0 ? [{ kind: 'code', lines: commands }] : [];
  if (texts.length === 0) return code;
  if (texts.length === 1) return [{ kind: 'text', text: texts[0] as string }, ...code];
  return [{ kind: 'list', ordered: true, items: texts.map((text) => ({ text })) }, ...code];
}

function waysOf(fix: string): Way[] {
  const parts = fix
    .split(/(?:^|\s)\d\.\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.map(wayOf);
}

/** A command reaches to the end of its way; the words before it end in a colon. */
function wayOf(part: string): Way {
  const found = /^(?:(.*?:)\s)?(az\s.+)$/su.exec(part);
  return found ? { text: found[1] ?? '', command: found[2] as string } : { text: part, command: null };
}
