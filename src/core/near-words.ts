import { distance } from 'fastest-levenshtein';

/** Longer words are compared by their beginnings, so that nothing that is typed takes long. */
const maxLetters = 100;

/**
 * The words of `known` that `word` may have been meant to be, ignoring case: those at most `reach` edits away, the
 * nearest first; of two that are as near, the one that comes first in `known`.
 */
export function nearWords<Known extends string>(
  word: string,
  known: readonly Known[],
  reach: number | ((candidate: Known) => number),
): Known[] {
  const written = word.slice(0, maxLetters).toLowerCase();
  const allowed = typeof reach === 'number' ? () => reach : reach;
  return known
    .map((candidate) => ({ candidate, edits: distance(written, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= allowed(candidate))
    .sort((a, b) => a.edits - b.edits)
    .map(({ candidate }) => candidate);
}
