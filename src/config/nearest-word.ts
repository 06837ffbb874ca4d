import { distance } from 'fastest-levenshtein';

/**
 * The word of `known` that `word` was probably meant to be, without regard to case; null where none is near. Near is at
 * most `reach` letters away, by default a third of the word.
 */
export function nearestWord(
  word: string,
  known: readonly string[],
  reach = Math.max(2, Math.floor(word.length / 3)),
): string | null {
  const written = word.slice(0, 100).toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, steps: distance(written, candidate.toLowerCase()) }))
    .filter(({ steps }) => steps <= reach)
    .sort((a, b) => a.steps - b.steps);
  return near[0]?.candidate ?? null;
}
