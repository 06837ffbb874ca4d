/**
 * The one place that makes text safe for a card. Three forms, each with its own type, so that a card's field can't be
 * filled with a text that wasn't made for it.
 */
declare const markdownBrand: unique symbol;
declare const plainBrand: unique symbol;

/** Text for a field that Teams reads as Markdown: it shows exactly the characters it was made from. */
export type Markdown = string & { readonly [markdownBrand]: true };

/** Text for a field that is shown as is: titles of buttons and choices, labels, monospaced text. */
export type Plain = string & { readonly [plainBrand]: true };

/** Line breaks and tabs: they would start a list, a heading or a paragraph. */
const breaks = /[\s\u0085\u2028\u2029]+/gu;
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/** Control characters, direction marks, invisible characters: a name mustn't look like another. */
const unseen = new RegExp(
  '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff' +
    '\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]',
  'gu',
);
/** Stacked accents overlap the lines above. */
const piled = /(\p{M}{3})\p{M}+/gu;

/** What a text has if it isn't clean: anything but letters of Europe, our signs and single spaces. Most have none. */
const suspect = /[^ -~¡-¬®-ʯ\u2010-\u2027←-➿\ue000-\ue002\u{1f300}-\u{1faff}]|^ | $| {2}/u;

/** One line without control, bidi and invisible characters; each of those becomes a visible `�`. */
export function clean(text: string): string {
  if (!suspect.test(text)) return text;
  return text.toWellFormed().replace(breaks, ' ').replace(unseen, '\ufffd').replace(piled, '$1').trim();
}

/** Whether any of a text is visible. */
export function shows(text: string | undefined): boolean {
  return text !== undefined && /[^\s\u0085]/u.test(text);
}

/** At most `max` characters; what is cut off is shown as `…`. A surrogate pair is never split. */
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

/**
 * A text where nothing is markup: one clean line of at most `max` characters. As `shorten(clean(text))`, without
 * reading all of a text that is far too long.
 */
export function oneLine(text: string, max: number): string {
  const head = text.slice(0, 8 * max);
  return shorten(head.length < text.length ? `${clean(head)}…` : clean(head), max);
}

/** What Markdown could read as markup anywhere. `{` also prevents `{{DATE(…)}}` from meaning anything. */
const markup = /[\\`*_{}[\]<>#~|&]/g;
/** What it reads as a list, only at the start of a line. */
const listStart = /^([-+=]|\d+(?=[.)]))/;

/** Makes any text safe for a Markdown field: cleaned, shortened, and every markup character shown as itself. */
export function markdown(text: string, max: number): Markdown {
  return escaped(oneLine(text, max));
}

function escaped(line: string): Markdown {
  const shown = line.replace(markup, '\\$&');
  return shown.replace(listStart, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`)) as Markdown;
}

/** Makes any text safe for a field without Markdown: cleaned and shortened; `{{` is broken up visibly. */
export function plain(text: string, max: number): Plain {
  const broken = oneLine(text, max).replace(/\{(?=\{)/g, '{ ');
  return shorten(broken, max) as Plain;
}

/**
 * What somebody typed, in a field in which they change it: it is saved as it stands there, so nothing of it is broken
 * up, and with `by` a line break its lines stay lines. No layout reads a field's text.
 */
export function typed(text: string, { max, by }: { readonly max: number; readonly by: ' ' | '\n' }): Plain {
  const lines = text.toWellFormed().split(/\r\n?|[\n\v\f\u0085\u2028\u2029]/u);
  const seen = lines.map((line) => line.replaceAll('\t', ' ').replace(unseen, '\ufffd').replace(piled, '$1'));
  return shorten(seen.join(by).trim(), max) as Plain;
}

/**
 * A command exactly as it must be typed: spaces stay as they are, so that it can be copied. What none of our commands
 * contains (line breaks, control and invisible characters) can't hide in it. One that is too long is left out
 * whole: a part of it would be pasted, too.
 */
export function command(text: string, max: number): Plain {
  const line = text.toWellFormed().replace(lineBreaks, ' ').replace(unseen, '\ufffd').trim();
  return (Array.from(line).length > max ? '…' : line) as Plain;
}

type Linked = { readonly title: string; readonly url: string };

/** What a link shows and where it leads. Whatever the URL contains, it stays one link, in Markdown as well. */
export function linkParts({ title, url }: Linked, max: number): Linked {
  const address = new URL(url).href.replace(/[()[\]{}$\\*_~<>|]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return { title: oneLine(`${title} ↗`, max), url: address };
}

/** A link in a Markdown field. */
export function markdownLink(link: Linked, max: number): Markdown {
  const { title, url } = linkParts(link, max);
  return `[${escaped(title)}](${url})` as Markdown;
}

/** The text that a Markdown field shows, without escapes and bold marks. The inverse of `markdown`. */
export function unmarked(text: string): string {
  return text.replace(/\\([\\`*_{}[\]<>#~|&\-+=.)])|\*\*/g, '$1');
}
