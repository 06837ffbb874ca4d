import type { MrkdwnElement, PlainTextElement, RichTextSection, TextObject } from '@slack/types';
import { asWritten, type Shows } from '../../message/timed-text.ts';
import { lengthOf } from './overflow-store.ts';
import { limits } from './limits.ts';
import { textOf, type Line, type Run } from './lines.ts';

/**
 * Text that Slack shows and never interprets. Its mrkdwn has entities for `& < >` but none for `* _ ~ : >`, so text in
 * which one of those would mean something can't be mrkdwn: `mrkdwn` returns null, and the same characters go where no
 * markup is interpreted, into `rich_text` (with bold and links) or `plain_text` (without).
 */
export function mrkdwn(lines: readonly Line[]): MrkdwnElement | null {
  if (!lines.every(isHarmless)) return null;
  const written = (form: (run: Run) => string) => lines.map((line) => line.map(form).join('')).join('\n');
  const text = written(inMrkdwn);
  // Slack counts a time with all its markup; if that is too long, it is shown as written.
  const short = lengthOf(text) <= limits.field ? text : written(({ at: _, ...run }) => inMrkdwn(run));
  // Verbatim: `@channel`, `#general` and URLs in the text stay text.
  return { type: 'mrkdwn', text: short, verbatim: true };
}

/** Lines without bold; a link is its title and its URL. */
export function plainText(lines: readonly Line[]): PlainTextElement {
  return plainObject(textOf(lines));
}

/** Literally: no markup, no emoji names, no entities. */
export function plainObject(text: string): PlainTextElement {
  return { type: 'plain_text', text: asWritten(text), emoji: false };
}

/** mrkdwn if that is safe, otherwise plain text. */
export function textObject(lines: readonly Line[]): TextObject {
  return lines.some((line) => line.some(isStyled)) ? (mrkdwn(lines) ?? plainText(lines)) : plainText(lines);
}

/** Whether a run is more than characters: bold, a link, or a time. */
export function isStyled({ bold, url, at }: Run): boolean {
  return bold === true || url !== undefined || at !== undefined;
}

/** Lines as rich-text elements, whose style is separate from their characters. */
export function richSection(lines: readonly Line[]): RichTextSection {
  const elements = lines.flatMap((line, index) => [
    ...(index > 0 ? [{ type: 'text' as const, text: '\n' }] : []),
    ...line.map(richRun),
  ]);
  return { type: 'rich_text_section', elements };
}

/** Escapes the three characters with a meaning in Slack's mrkdwn and in a message's `text`. */
export function escapeSigns(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Text cut to at most `max` of Slack's characters; what is cut off is shown as `…`. */
export function cut(timed: string, max: number): string {
  const text = asWritten(timed);
  return lengthOf(text) <= max
    ? text
    : `${Array.from(text)
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * What mrkdwn would read as markup, in narrow or wide characters: styles, the name of an emoji, and a quote at the
 * start of a line.
 */
const obeyed = /[*~`＊～｀]|(?<![\p{L}\p{Nd}])[_＿]|[_＿](?![\p{L}\p{Nd}])|:[^\s:]+:/u;
const quote = /^\s*[>＞]/u;

function isHarmless(line: Line): boolean {
  const characters = line.map(({ text }) => text).join('');
  if (obeyed.test(characters) || quote.test(characters)) return false;
  if (line.some(({ text, url }) => url && text.includes('|'))) return false;
  return line.every((run, index) => isBoldable(line, run, index));
}

/** Asterisks are read as bold only between a space or a punctuation mark and another character. */
function isBoldable(line: Line, { text, bold }: Run, index: number): boolean {
  if (!bold) return true;
  const before = line[index - 1]?.text.at(-1) ?? ' ';
  const after = line[index + 1]?.text.at(0) ?? ' ';
  return text.trim() === text && !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
}

/** The tokens with which Slack writes a time; `{date_short_pretty}` is today, yesterday, or the day with its month. */
const tokens: Readonly<Record<Shows, string>> = {
  date: '{date_short_pretty}',
  time: '{time}',
  both: '{date_short_pretty} {time}',
};

function inMrkdwn({ text, bold, url, at }: Run): string {
  const written = escapeSigns(text);
  const characters = at ? `<!date^${at.seconds}^${tokens[at.shows]}|${written.replace(/\|/g, '/')}>` : written;
  const linked = url ? `<${escapeSigns(url).replace(/\|/g, '%7C')}|${characters}>` : characters;
  return bold ? `*${linked}*` : linked;
}

function richRun({ text, bold, url, at }: Run) {
  const style = bold ? { style: { bold } } : {};
  if (at) return { type: 'date' as const, timestamp: at.seconds, format: tokens[at.shows], fallback: text, ...style };
  return url ? { type: 'link' as const, url, text, ...style } : { type: 'text' as const, text, ...style };
}
