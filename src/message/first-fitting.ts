import { maxVerdict } from './card-data.ts';

/** The first of these titles that fits a verdict; the last one where none does. */
export function firstFitting(titles: readonly string[]): string {
  return titles.find((title) => Array.from(title).length <= maxVerdict) ?? (titles.at(-1) as string);
}
