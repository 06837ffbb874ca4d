/** Texts that fit a card's verdict. */
import { maxVerdict } from './card-data.ts';

/** Whether it is short enough for a verdict. */
export function fitsVerdict(title: string): boolean {
  return Array.from(title).length <= maxVerdict;
}

/** The first of these titles that fits a verdict; the last one if none does. */
export function firstFitting(titles: readonly string[]): string {
  return titles.find(fitsVerdict) ?? (titles.at(-1) as string);
}

/** With a capital first letter. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/**
 * A text as a verdict and the rest below it: all of it if it fits, otherwise its first sentence and the others, or what
 * comes before its first colon.
 */
export function titleAndRest(text: string): { title: string; text: string[] } {
  if (fitsVerdict(text)) return { title: text, text: [] };
  const [sentence = text] = text.split(/(?<=[.?!]) /);
  const [head = sentence] = sentence.split(/(?<=:) /);
  const title = fitsVerdict(sentence) ? sentence : head;
  return { title, text: title === text ? [] : [text.slice(title.length + 1)] };
}
