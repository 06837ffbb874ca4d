import { entries } from './entries.ts';
import type { Entry } from './entry.ts';
import { plainCode, plainText } from './plain-text.ts';

const fragments = entries.flatMap((entry) => entry.match.map((text) => ({ entry, text: plainText(text) })));

const byCode = Map.groupBy(
  entries.flatMap((entry) => [...new Set(entry.codes.map(plainCode))].map((code) => ({ entry, code }))),
  (pair) => pair.code,
);

/** The entries that know this code (in plain form), in the order of the table; none, one, or several that share it. */
export function entriesOfCode(code: string): readonly Entry[] {
  return (byCode.get(code) ?? []).map((pair) => pair.entry);
}

/**
 * Among `candidates`, those with the longest fragment that stands in one of `texts` (in plain form): none when no
 * fragment does, several only when two entries are matched by fragments of the same length.
 */
export function longestMatches(texts: readonly string[], candidates: ReadonlySet<Entry>): readonly Entry[] {
  let longest = 0;
  let found = new Set<Entry>();
  for (const { entry, text: fragment } of fragments) {
    if (fragment.length < longest || !candidates.has(entry)) continue;
    if (!texts.some((text) => holds(text, fragment))) continue;
    if (fragment.length > longest) found = new Set();
    longest = fragment.length;
    found.add(entry);
  }
  return [...found];
}

/** The codes of the table that are named in running text. Numbers are left out: in a text they may count anything. */
export function codesNamedIn(texts: readonly string[]): readonly string[] {
  const named = texts.flatMap((text) => text.match(/[a-z][a-z0-9-]*/g) ?? []);
  return named.filter((word) => byCode.has(word));
}

/** A fragment that starts with a number means that number: `0 recovery volumes attached` is not `10 recovery …`. */
function holds(text: string, fragment: string): boolean {
  const number = isDigit(fragment.charAt(0));
  let at = text.indexOf(fragment);
  while (number && at > 0 && isDigit(text.charAt(at - 1))) at = text.indexOf(fragment, at + 1);
  return at >= 0;
}

/**
 * Whether `texts` (in plain form) name another resource provider than the entry's fragments do: Azure has one code for
 * all that aren't registered.
 */
export function isOfOtherProvider({ match }: Entry, texts: readonly string[]): boolean {
  const [own, named] = [namespacesIn(match), namespacesIn(texts)];
  return own.length > 0 && named.length > 0 && !named.some((one) => own.includes(one));
}

function namespacesIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => Array.from(text.matchAll(/namespace '([^']+)'/g), ([, name]) => name as string));
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
