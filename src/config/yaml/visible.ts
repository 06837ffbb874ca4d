/**
 * A piece of the file that is safe to print in a terminal: no control or direction characters, at most `limit` long.
 */
export function visible(text: string, limit = 40): string {
  const clean = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '·');
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}
