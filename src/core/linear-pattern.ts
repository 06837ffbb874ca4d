/**
 * A regular expression from settings, applied to what people type. The engine is RE2, which takes time in proportion to
 * the text for every pattern; JavaScript's own backtracks, and a pattern such as `([0-9]+)+` can stop it for hours.
 */
import { RE2JS, RE2JSSyntaxException } from 're2js';

/** Whether a whole text fits a pattern, or what is wrong with the pattern. */
type LinearPattern = { readonly fits: (text: string) => boolean } | { readonly problem: string };

/** Reads it. Look-around and references to groups don't exist in RE2. */
export function linearPattern(pattern: string): LinearPattern {
  try {
    const compiled = RE2JS.compile(pattern);
    return { fits: (text) => compiled.matches(text) };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return { problem: error.message.replace(/^error parsing regexp: /, '') };
  }
}

/** Whether a whole text fits a pattern that was found to be one. */
export function validPattern(pattern: string): (text: string) => boolean {
  const read = linearPattern(pattern);
  if ('problem' in read) throw new Error(read.problem);
  return read.fits;
}
