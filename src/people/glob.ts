/**
 * Whether `text` matches a pattern in which `*` stands for any text and `?` for one character; case doesn't count. It
 * takes at most pattern × text steps: unlike a regular expression, a pattern of many stars can't make it hang.
 */
export function fitsGlob(pattern: string, text: string): boolean {
  const wanted = [...pattern.toLowerCase()];
  const given = [...text.toLowerCase()];
  let [at, from] = [0, 0];
  let star: { readonly at: number; from: number } | null = null;
  while (from < given.length) {
    if (wanted[at] === '*') star = { at: at++, from };
    else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[from])) [at, from] = [at + 1, from + 1];
    else if (star) [at, from] = [star.at + 1, ++star.from];
    else return false;
  }
  return wanted.slice(at).every((character) => character === '*');
}

/** Whether a pattern names exactly one thing. */
export function isExact(pattern: string): boolean {
  return !/[*?]/.test(pattern);
}

/** How many characters of a pattern are literal. */
export function fixedLength(pattern: string): number {
  return [...pattern].filter((character) => character !== '*' && character !== '?').length;
}
