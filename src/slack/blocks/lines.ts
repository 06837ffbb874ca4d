/** Text as it is shown, taken out of the Markdown of a card: lines of runs. Pure. */

/** A piece of a line. A link's `url` is http(s). */
export type Run = { readonly text: string; readonly bold?: boolean; readonly url?: string };
export type Line = readonly Run[];

const token = /\\([!-/:-@[-`{-~])|(\*\*)|\[((?:\\.|[^\]\\])*)\]\((https?:\/\/[^\s()]+)\)/gu;
const escaped = /\\([!-/:-@[-`{-~])/gu;

/**
 * Reads what our templates hold of Markdown: escapes, bold, links, lists. Everything else is text as it stands, so a sign
 * that nobody escaped is shown and not obeyed.
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
  return lines;
}

/** Lines of plain text. */
export function plainLines(text: string): Line[] {
  return text.split('\n').map((each) => (each === '' ? [] : [{ text: each }]));
}

/** The lines in bold. */
export function inBold(lines: readonly Line[]): Line[] {
  return lines.map((line) => line.map((run) => ({ ...run, bold: true })));
}

/** A line as characters alone; where a link leads stands behind its title. */
export function textOfLine(line: Line): string {
  return line.map(({ text, url }) => (url ? `${text} (${url})` : text)).join('');
}

/** Lines as characters alone. */
export function textOf(lines: readonly Line[]): string {
  return lines.map(textOfLine).join('\n');
}

function add(line: Run[], run: Run): void {
  const last = line.at(-1);
  if (last && !last.url && !run.url && Boolean(last.bold) === Boolean(run.bold))
    line.splice(-1, 1, { ...last, text: last.text + run.text });
  else line.push(run);
}
