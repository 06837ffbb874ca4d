/** Text as shown, parsed from a card's Markdown: lines of runs. Pure. */

import { timedPieces, type TimedPiece } from '../../message/timed-text.ts';

/** A piece of a line. A link's `url` is http(s). `at`: it is a time, which each reader sees by their own clock. */
export type Run = TimedPiece & { readonly bold?: boolean; readonly url?: string };
export type Line = readonly Run[];

const token = /\\([!-/:-@[-`{-~])|(\*\*)|\[((?:\\.|[^\]\\])*)\]\((https?:\/\/[^\s()]+)\)/gu;
const escaped = /\\([!-/:-@[-`{-~])/gu;

/**
 * Reads the Markdown that our cards use: escapes, bold, links, lists. Everything else is literal text, so an
 * unescaped character is shown and not interpreted.
 */
export function readMarkdown(markdown: string): Line[] {
  const text = markdown.replace(/^[-*+] /gm, '• ');
  const lines: Run[][] = [[]];
  let bold = false;
  const say = (part: string, url?: string) => {
    part.split('\n').forEach((each, index) => {
      if (index > 0) lines.push([]);
      if (each !== '') add(lines.at(-1) as Run[], { text: each, ...(bold && { bold }), ...(url && { url }) });
    });
  };
  let at = 0;
  for (const found of text.matchAll(token)) {
    say(text.slice(at, found.index));
    const [whole, sign, star, label, url] = found;
    at = found.index + whole.length;
    if (star) bold = !bold;
    else if (url) say((label ?? '').replace(escaped, '$1'), url);
    else say(sign ?? '');
  }
  say(text.slice(at));
  return lines.map(timed);
}

/** A line of these runs; what looks the same is one. */
export function lineOf(...runs: readonly Run[]): Line {
  const line: Run[] = [];
  for (const run of runs) if (run.text !== '') add(line, run);
  return timed(line);
}

/** Lines of plain text. */
export function plainLines(text: string): Line[] {
  return text.split('\n').map((each) => (each === '' ? [] : timed([{ text: each }])));
}

/** The lines in bold. */
export function inBold(lines: readonly Line[]): Line[] {
  return lines.map((line) => line.map((run) => ({ ...run, bold: true })));
}

/** A line as plain characters; a link's URL follows its title. */
function textOfLine(line: Line): string {
  return line.map(({ text, url }) => (url ? `${text} (${url})` : text)).join('');
}

/** Lines as characters only. */
export function textOf(lines: readonly Line[]): string {
  return lines.map(textOfLine).join('\n');
}

/** A link stays one run, whatever its title contains. */
function timed(line: Line): Line {
  return line.flatMap(({ text, ...run }): readonly Run[] => {
    const pieces = timedPieces(text);
    const isPlain = run.url !== undefined || pieces.every(({ at }) => !at);
    return isPlain
      ? [{ text: pieces.map((piece) => piece.text).join(''), ...run }]
      : pieces.map((piece) => ({ ...run, ...piece }));
  });
}

function add(line: Run[], run: Run): void {
  const last = line.at(-1);
  if (last && !last.url && !run.url && Boolean(last.bold) === Boolean(run.bold))
    line.splice(-1, 1, { ...last, text: last.text + run.text });
  else line.push(run);
}
