import { nearWords } from '../core/near-words.ts';

/**
 * The word of `known` that `word` was probably meant to be, ignoring case; null if none is near. Near is at most
 * `reach` edits away, by default a third of the word, or a prefix of at least four letters.
 */
export function nearestWord(
  word: string,
  known: readonly string[],
  reach = Math.max(1, Math.floor(word.length / 3)),
): string | null {
  const [near] = nearWords(word, known, reach);
  const written = word.toLowerCase();
  const begun = known.find((candidate) => written.length >= 4 && candidate.toLowerCase().startsWith(written));
  return near ?? begun ?? null;
}
