import { z } from 'zod';
import type { Activity } from '../activity.ts';
import { ownOf } from '../../core/own-of.ts';

const mention = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string() }),
});

/**
 * What the person typed: without the mentions of the bot (one per entity, so a name that was only typed stays), with
 * HTML entities decoded once, no-break spaces replaced by plain ones, and trimmed. A leading `/backup` is kept.
 */
export function typedText({ text = '', entities = [], recipient }: Activity): string {
  const mentions = entities.slice(0, 100).map((entity) => mention.safeParse(entity).data);
  const ofBot = mentions.filter((found) => found !== undefined && found.mentioned.id === recipient?.id);
  // With a function, since a `$&` in a replacement string would be read as a pattern.
  const without = ofBot.reduce((rest, found) => rest.replace(found?.text ?? '', () => ' '), text);
  return decoded(without)
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim();
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi, (whole, ...parts) => {
    const [decimal, hex, name] = parts as (string | undefined)[];
    if (name) return ownOf(named, name.toLowerCase()) ?? whole;
    return characterOf(decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16)) ?? whole;
  });
}

/** The character with this code point; none for NUL, half surrogates and numbers beyond Unicode. */
function characterOf(code: number): string | undefined {
  if (!(code > 0 && code <= 0x10ffff)) return undefined;
  const character = String.fromCodePoint(code);
  return character.isWellFormed() ? character : undefined;
}
