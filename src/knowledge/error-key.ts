import { cut } from '../core/storable.ts';
import { plainCode, plainText } from './plain-text.ts';

/** An error as Azure gave it; `names` are words of its VM, which a text may quote: VM, resource group, vault. */
type GivenError = {
  readonly codes: readonly string[];
  readonly texts: readonly string[];
  readonly names: readonly string[];
};

/** Replaces a name or a number, which differ from one failure to the next. */
const [name, number] = ['~', '#'] as const;
const maxLength = 500;

/**
 * What is the same for each failure with one error: its codes, and its text without ids, numbers and the names of its
 * VM, in whatever case and with whatever white space. For errors that nobody documented.
 */
export function errorKey({ codes, texts, names }: GivenError): string {
  const sorted = [...new Set(codes.map(plainCode))].sort().join(' ');
  return cut(`unknown ${sorted} ${generalText(texts.join(' '), names)}`, maxLength);
}

/** The longest piece of a text that holds no name and no number, as a fragment to look for; empty: there is none. */
export function fragmentOf(texts: readonly string[], names: readonly string[]): string {
  const pieces = texts.flatMap((text) => generalText(text, names).split(/[~#]+/));
  const [longest = ''] = pieces.map((piece) => piece.trim()).sort((a, b) => b.length - a.length);
  return longest;
}

function generalText(text: string, names: readonly string[]): string {
  return withoutNames(plainText(text), names)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, number)
    .replace(/\d+/g, number)
    .replace(/\s+/g, ' ')
    .trim();
}

/** A name counts only as a whole word: `web` is not meant in `webhook`, nor `vm-1` in `vm-12`. */
function withoutNames(text: string, names: readonly string[]): string {
  const wanted = names.map(plainText).filter((one) => one !== '');
  if (wanted.length === 0) return text;
  const longestFirst = wanted
    .toSorted((a, b) => b.length - a.length)
    .map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return text.replace(new RegExp(`(?<![\\w-])(?:${longestFirst.join('|')})(?![\\w-])`, 'g'), name);
}
