/**
 * Prints who said what. A new card is printed completely; of an edited one that is mostly the same, only what changed.
 */
import type { CardText } from './card-text.ts';
import type { Filled } from './seat.ts';

/** The words of the transcript itself; everything else in it is the product's. */
export type Told = {
  readonly edited: string;
  readonly presses: string;
  readonly with: string;
  readonly good: string;
  readonly bad: string;
};

/** Where lines go. */
export type Out = (line: string) => void;

/** A transcript in progress. */
export type Transcript = {
  readonly heading: (text: string) => void;
  readonly says: (who: string, text: string) => void;
  readonly presses: (who: string, button: string, filled: Filled) => void;
  readonly card: (who: string, card: CardText, before: CardText | null) => void;
  readonly line: (text: string) => void;
  readonly verdict: (good: boolean, text: string) => void;
};

/** Begins a transcript. */
export function transcript(out: Out, told: Told): Transcript {
  return {
    heading: (text) => out(`\n━━ ${text} ${'━'.repeat(Math.max(3, 90 - text.length))}`),
    says: (who, text) => out(`\n${who}: ${text}`),
    presses: (who, button, filled) => {
      const inputs = Object.entries(filled).map(([label, value]) => `${label}: ${value}`);
      const after = inputs.length > 0 ? ` ${told.with} ${inputs.join(' · ')}` : '';
      out(`\n${who} ${told.presses} [${button}]${after}`);
    },
    card: (who, card, before) => {
      const lines = linesToShow(card, before);
      if (lines.length === 0) return;
      out(before === null ? `\n  ${who}` : `\n  ${who} (${told.edited})`);
      for (const line of lines) out(`  │ ${line}`.trimEnd());
    },
    line: out,
    verdict: (good, text) => out(`  ${good ? '✔' : '✘'} ${good ? told.good : told.bad}: ${text}`),
  };
}

/**
 * For a card that only says what it is doing: its title. For an edited one: what is new, or everything if most is; an
 * advanced clock isn't a change.
 */
function linesToShow(card: CardText, before: CardText | null): readonly string[] {
  if (isShort(card)) return [card.title];
  if (before === null || isShort(before)) return card.lines;
  const old = new Set(before.lines.map(withoutClock));
  const [first = '', ...rest] = card.lines.filter((line) => line !== '');
  const fresh = rest.filter((line) => !old.has(withoutClock(line)));
  if (fresh.length * 2 > rest.length) return card.lines;
  const isOnlyTime = withoutTime(first) === withoutTime(before.title) && fresh.every((line) => line.includes('↗'));
  return isOnlyTime ? [] : [first, ...fresh];
}

function isShort({ title, lines }: CardText): boolean {
  return title.startsWith('⏳') && lines.length < 8;
}

/** A line without its times of day. */
function withoutClock(line: string): string {
  return line.replace(/\b\d\d:\d\d\b/g, '');
}

/** A title that counts the time has it at its end, after the last dot. */
function withoutTime(title: string): string {
  return title.replace(/ · [^·]*$/u, '');
}
