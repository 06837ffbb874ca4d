import { entries } from '../../src/knowledge/entries.ts';
import { findingsEn, findingsNl } from '../../src/message/wording/finding-tables.ts';
import { en } from '../../src/message/wording/en.ts';
import { nl } from '../../src/message/wording/nl.ts';

type Finding = { readonly title: string; readonly text: string; readonly fix?: string | undefined };

const textsOf = (table: Readonly<Record<string, string>>, findings: Readonly<Record<string, Finding>>) => [
  ...Object.values(table),
  ...Object.values(findings).flatMap(({ title, text, fix }) => [title, text, fix ?? '']),
];

/** The texts between placeholders that are long enough to be nothing but a sentence of ours. */
function piecesOf(text: string): string[] {
  const pieces = text.split(/\{[^{}]*\}|[{}]|\b(?:one|other|=0|plural|number)\b|[#·]/);
  return pieces.map((piece) => piece.trim()).filter((piece) => piece.length >= 10 && piece.includes(' '));
}

const dutch = textsOf(nl, findingsNl).join('\n');
const english = [
  ...new Set([
    ...textsOf(en, findingsEn).flatMap(piecesOf),
    ...entries.flatMap(({ cause, fixes }) => [cause, ...fixes]).map((text) => text.slice(0, 60)),
  ]),
].filter((piece) => !dutch.includes(piece));

/** The English sentences of the wording tables and of the knowledge in a text that should be Dutch. */
export function englishLeftIn(text: string): string[] {
  return english.filter((piece) => text.includes(piece));
}

const dutchTitles = new Set(Object.values(nl));
const englishTitles = new Set(
  Object.entries(en).flatMap(([key, text]) => (key.startsWith('button.') && !dutchTitles.has(text) ? [text] : [])),
);

/** The titles of buttons that are English. */
export function englishTitlesIn(titles: readonly string[]): string[] {
  return titles.filter((title) => englishTitles.has(title as never));
}
