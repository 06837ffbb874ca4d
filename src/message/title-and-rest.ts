import { maxVerdict } from './card-data.ts';

/** A text as a verdict and the rest below it: all of it if it fits, otherwise its first sentence and the others. */
export function titleAndRest(text: string): { title: string; text: string[] } {
  if (Array.from(text).length <= maxVerdict) return { title: text, text: [] };
  const [title = text, ...others] = text.split(/(?<=[.?!]) /);
  return { title, text: others.length > 0 ? [others.join(' ')] : [] };
}
