import { maxVerdict } from './card-data.ts';

/** A text as a verdict and what stands below it: whole where it fits one, else its first sentence and the others. */
export function titleAndRest(text: string): { title: string; text: string[] } {
  if (Array.from(text).length <= maxVerdict) return { title: text, text: [] };
  const [title = text, ...others] = text.split(/(?<=[.?!]) /);
  return { title, text: others.length > 0 ? [others.join(' ')] : [] };
}
