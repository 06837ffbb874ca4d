import { distance } from 'fastest-levenshtein';

/**
 * The word of `known` that `word` was probably meant to be, ignoring case; null if none is near. Near is at most
 * `reach` edits away, by default a third of the word, or a prefix of at least four letters.
 */
export function nearestWord(
  word: string,
  known: readonly string[],
  reach = Math.max(1, Math.floor(word.length / 3)),
): string | null {
  const written = word.slice(0, 100).toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, steps: distance(written, candidate.toLowerCase()) }))
    .filter(({ steps }) => steps <= reach)
    .sort((a, b) => a.steps - b.steps);
  const begun = known.find((candidate) => written.length >= 4 && candidate.toLowerCase().startsWith(written));
  return near[0]?.candidate ?? begun ?? null;
}
