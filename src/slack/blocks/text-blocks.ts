import type { ContextBlock, HeaderBlock, KnownBlock, RichTextBlock, SectionBlock, TextObject } from '@slack/types';
import { asWritten } from '../../message/timed-text.ts';
import { chunked } from './chunks.ts';
import { lengthOf } from './overflow-store.ts';
import { limits } from './limits.ts';
import { inBold, textOf, type Line } from './lines.ts';
import type { Fact, TextLook } from './piece.ts';
import { escapeSigns, isStyled, mrkdwn, plainObject, plainText, richSection, textObject } from './text-object.ts';

/** Where a text is: inside a container Slack accepts no rich text, so a style that isn't safe as mrkdwn is dropped. */
export type Nesting = 'free' | 'contained';

/** The kinds of block that a text becomes. */
type TextBlock = HeaderBlock | SectionBlock | ContextBlock | RichTextBlock;

/** The blocks of a text; only blank lines at its ends are omitted. */
export function textBlocks(lines: readonly Line[], look: TextLook, nesting: Nesting): readonly TextBlock[] {
  const shown = trimmed(lines);
  if (shown.length === 0) return [];
  if (look === 'heading') return heading(shown, nesting);
  const max = look === 'quiet' ? limits.quiet : limits.text;
  const parts = chunked(shown, max).map(trimmed);
  return parts.filter(({ length }) => length > 0).map((each) => oneBlock(each, look, nesting));
}

function heading(lines: readonly Line[], nesting: Nesting): readonly TextBlock[] {
  const isPlain = lines.length === 1 && lines.every((line) => line.every(({ url }) => !url));
  const characters = textOf(lines);
  if (isPlain && lengthOf(characters) <= limits.header) return [{ type: 'header', text: plainObject(characters) }];
  return textBlocks(inBold(lines), 'normal', nesting);
}

function oneBlock(lines: readonly Line[], look: TextLook, nesting: Nesting): TextBlock {
  const object: TextObject | null = lines.some((line) => line.some(isStyled)) ? mrkdwn(lines) : plainText(lines);
  if (object === null && nesting === 'free') return { type: 'rich_text', elements: [richSection(lines)] };
  const text = object ?? plainText(lines);
  return look === 'quiet' ? { type: 'context', elements: [text] } : { type: 'section', text };
}

/**
 * Facts in two columns, ten to a section: a title and its value are one field, so that screen readers read them
 * together. One that is too long for a column is a paragraph.
 */
export function factBlocks(facts: readonly Fact[], nesting: Nesting, none: string): readonly KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let fields: TextObject[] = [];
  const close = () => {
    if (fields.length > 0) blocks.push({ type: 'section', fields });
    fields = [];
  };
  for (const fact of facts) {
    const lines = factLines(textOf(fact.value).trim() === '' ? { ...fact, value: [[{ text: none }]] } : fact);
    const field = textObject(lines);
    if (lengthOf(field.text) > limits.field) {
      close();
      blocks.push(...textBlocks(lines, 'normal', nesting));
    } else {
      fields.push(field);
      if (fields.length >= limits.fieldsInSection) close();
    }
  }
  close();
  return blocks;
}

/** A fact as running text: its title, then its value. */
export function factLines({ title, value }: Fact): readonly Line[] {
  const [first = [], ...rest] = value;
  return [[...inBold(title).flat(), { text: ': ' }, ...first], ...rest];
}

/** Commands, each in its own box so that it is copied exactly as it must be typed. */
export function codeBlocks(lines: readonly string[], nesting: Nesting): readonly KnownBlock[] {
  const commands = lines.map(asWritten).filter((line) => line.trim() !== '');
  if (commands.length === 0) return [];
  if (nesting === 'contained') return commands.flatMap(fenced);
  const elements = commands.map((line) => ({
    type: 'rich_text_preformatted' as const,
    elements: [{ type: 'text' as const, text: line }],
  }));
  return [{ type: 'rich_text', elements }];
}

/** A table as lines with aligned columns: tables only have values that are short enough for that. */
export function tableBlocks(rows: readonly (readonly string[])[], nesting: Nesting): readonly KnownBlock[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => lengthOf(row[at] ?? ''))));
  const padded = (text: string, at: number) => text + ' '.repeat(Math.max(0, (widths[at] ?? 0) - lengthOf(text)));
  const text = rows.map((row) => row.map(padded).join(' ').trimEnd()).join('\n');
  if (text.trim() === '') return [];
  if (nesting === 'contained') return fenced(text);
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] }];
}

/** A command that a code fence would cut off, or that is too long for one, is plain text with the same characters. */
function fenced(command: string): readonly KnownBlock[] {
  const text = `\`\`\`${escapeSigns(command)}\`\`\``;
  const isWell = !command.includes('`') && lengthOf(text) <= limits.text;
  if (isWell) return [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }];
  return textBlocks([[{ text: command }]], 'normal', 'contained');
}

function trimmed(lines: readonly Line[]): readonly Line[] {
  const isBlank = (line: Line) => textOf([line]).trim() === '';
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, last + 1);
}
