/** Writes down who said what. A card is drawn whole when it is new; of an edited one that is much the same, what changed. */
import type { CardText } from './card-text.ts';

/** The words of the transcript itself; everything else in it is the product's. */
export type Told = { readonly edited: string; readonly presses: string; readonly good: string; readonly bad: string };

/** Where lines go. */
export type Out = (line: string) => void;

/** A transcript on its way. */
export type Transcript = {
  readonly heading: (text: string) => void;
  readonly says: (who: string, text: string) => void;
  readonly presses: (who: string, button: string) => void;
  readonly card: (who: string, card: CardText, before: CardText | null) => void;
  readonly line: (text: string) => void;
  readonly verdict: (good: boolean, text: string) => void;
};

/** Begins a transcript. */
export function transcript(out: Out, told: Told): Transcript {
  return {
    heading: (text) => out(`\n━━ ${text} ${'━'.repeat(Math.max(3, 90 - text.length))}\n`),
    says: (who, text) => out(`${who}: ${text}\n`),
    presses: (who, button) => out(`${who} ${told.presses} [${button}]\n`),
    card: (who, card, before) => {
      out(before === null ? `  ${who}` : `  ${who} (${told.edited})`);
      for (const line of before === null ? card.lines : linesToShow(card, before)) out(`  │ ${line}`.trimEnd());
      out('');
    },
    line: out,
    verdict: (good, text) => out(`  ${good ? '✔' : '✘'} ${good ? told.good : told.bad}: ${text}\n`),
  };
}

/** The title and what is new; the whole card where most of it is new. */
function linesToShow(card: CardText, before: CardText): readonly string[] {
  const old = new Set(before.lines);
  const [first = '', ...rest] = card.lines;
  const fresh = rest.filter((line) => line !== '' && !old.has(line));
  const isMuchTheSame = fresh.length * 2 <= rest.filter((line) => line !== '').length;
  return isMuchTheSame ? [first, ...fresh] : card.lines;
}
