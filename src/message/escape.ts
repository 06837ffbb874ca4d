/**
 * The one place that makes text safe for a card. Three forms, each with its own type, so that a template's field cannot
 * be filled with a text that was not made for it.
 */
declare const markdownBrand: unique symbol;
declare const plainBrand: unique symbol;

/** Text for a field that Teams reads as Markdown: it shows exactly the characters it was made from. */
export type Markdown = string & { readonly [markdownBrand]: true };

/** Text for a field that is shown as it is: titles of buttons and choices, labels, runs of monospaced text. */
export type Plain = string & { readonly [plainBrand]: true };

/** Line breaks and tabs: they would start a list, a heading or a paragraph. */
const breaks = /[\s\u0085\u2028\u2029]+/gu;
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/**
 * Control characters, marks that turn the direction of writing, invisible characters: a
 * name must not look like another.
 */
const unseen = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff' +
    '\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]',
  'gu',
);
/** Accents piled on one another reach over the lines above. */
const piled = /(\p{M}{3})\p{M}+/gu;

/** One line without control, bidi and invisible characters; each of those becomes a visible `�`. */
export function clean(text: string): string {
  return text.toWellFormed().replace(breaks, ' ').replace(unseen, '\ufffd').replace(piled, '$1').trim();
}

/** Whether anything of a text is left to see. */
export function shows(text: string | undefined): boolean {
  return text !== undefined && /[^\s\u0085]/u.test(text);
}

/** At most `max` characters; what is cut off is shown as `…`. A character of two halves is never split. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = Array.from(text);
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, Math.max(0, max - 1))
        .join('')
        .trimEnd()}…`;
}

/** As `shorten(clean(text))`, without reading all of a text that is far too long. */
function oneLine(text: string, max: number): string {
  const head = text.slice(0, 8 * max);
  return shorten(head.length < text.length ? `${clean(head)}…` : clean(head), max);
}

/** What Markdown could read as markup anywhere. `{` also keeps `${…}` and `{{DATE(…)}}` from meaning anything. */
const markup = /[\\`*_{}[\]<>#~|&]/g;
/** What it reads as a list only at the start of a line. */
const listStart = /^([-+=]|\d+(?=[.)]))/;

/** Makes any text safe for a Markdown field: cleaned, shortened, and every sign of markup shown as itself. */
export function markdown(text: string, max: number): Markdown {
  const escaped = oneLine(text, max).replace(markup, '\\$&');
  return escaped.replace(listStart, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`)) as Markdown;
}

/** Makes any text safe for a field without Markdown: cleaned and shortened; `${` and `{{` are broken up visibly. */
export function plain(text: string, max: number): Plain {
  const broken = oneLine(text, max)
    .replace(/\$\{/g, '$ {')
    .replace(/\{(?=\{)/g, '{ ');
  return shorten(broken, max) as Plain;
}

/**
 * A command as it must be typed: blanks stay as they are, so that it survives being copied. What no command of ours
 * holds (line breaks, control and invisible characters, `${`) cannot hide in it.
 */
export function command(text: string, max: number): Plain {
  const line = text.toWellFormed().replace(lineBreaks, ' ').replace(unseen, '\ufffd').trim();
  return shorten(line.replace(/\$\{/g, '$ {'), max) as Plain;
}

/** A link in a Markdown field. Whatever the address holds, it stays one link. */
export function markdownLink({ title, url }: { readonly title: string; readonly url: string }, max: number): Markdown {
  const address = new URL(url).href.replace(/[()[\]{}$\\*_~<>|]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `[${markdown(`${title} ↗`, max)}](${address})` as Markdown;
}

/** The text that a Markdown field shows: escapes and bold marks taken away. The inverse of `markdown`. */
export function unmarked(text: string): string {
  return text.replace(/\\([\\`*_{}[\]<>#~|&\-+=.)])|\*\*/g, '$1');
}
