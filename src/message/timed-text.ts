/**
 * A time in a text as an instant, in addition to how it is written: a platform that shows each reader their own clock
 * needs the instant, and everything else the written form. Pure.
 */
import { ownOf } from '../core/own-of.ts';

/** The part of an instant that is written: the day, the time of day, or both. */
export type Shows = 'date' | 'time' | 'both';

/** A piece of a text: as it is written, and the instant if it is a time. */
export type TimedPiece = { readonly text: string; readonly at?: { readonly seconds: number; readonly shows: Shows } };

const letters: Readonly<Record<Shows, string>> = { date: 'd', time: 't', both: 'b' };
const shownBy: Readonly<Record<string, Shows>> = { d: 'date', t: 'time', b: 'both' };
/**
 * Private-use characters, which no name and no text of ours contains. A text that was cut may contain only part of one.
 */
const timed = /\ue000(\d{1,11})([dtb])\ue001([^\ue000-\ue002]*)\ue002/gu;
const half = /\ue000\d*[dtb]?|[\ue001\ue002]/gu;

/** A written time with its instant. */
export function withInstant(at: Date, shows: Shows, written: string): string {
  return `\ue000${Math.floor(at.getTime() / 1000)}${letters[shows]}\ue001${written}\ue002`;
}

/** The pieces of a text, in order; together they contain all written characters. */
export function timedPieces(text: string): readonly TimedPiece[] {
  const pieces: TimedPiece[] = [];
  const say = (part: string) => {
    const written = part.replace(half, '');
    if (written !== '') pieces.push({ text: written });
  };
  let from = 0;
  for (const found of text.matchAll(timed)) {
    say(text.slice(from, found.index));
    const [whole, seconds, letter, written = ''] = found;
    pieces.push({ text: written, at: { seconds: Number(seconds), shows: ownOf(shownBy, letter ?? '') ?? 'both' } });
    from = found.index + whole.length;
  }
  say(text.slice(from));
  return pieces;
}

/** The text as it is written. */
export function asWritten(text: string): string {
  return text.includes('\ue000') || text.includes('\ue002')
    ? timedPieces(text)
        .map((piece) => piece.text)
        .join('')
    : text;
}
