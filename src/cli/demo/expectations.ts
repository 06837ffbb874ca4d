/** What a card must say to have ended as it should, and the count of those that did not. */
import type { CardText } from './card-text.ts';
import type { Transcript } from './transcript.ts';

/** What is expected of a card. In each text `…` stands for anything, as the product's wording leaves gaps open. */
export type Expected = {
  readonly title: string;
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
};

/** The checks of a demonstration. */
export type Checks = {
  /** Compares a card; what is amiss is written down and counted. */
  readonly card: (seen: CardText, expected: Expected) => void;
  /** Anything else that must be true. */
  readonly fact: (holds: boolean, what: string) => void;
  readonly made: () => number;
  readonly failed: () => readonly string[];
};

/** Begins to count. Good cards are noted only where `loud` says so. */
export function checks(out: Transcript, loud: () => boolean): Checks {
  const failed: string[] = [];
  let made = 0;
  const note = (problems: readonly string[], what: string) => {
    made += 1;
    failed.push(...problems);
    if (problems.length > 0) for (const problem of problems) out.verdict(false, problem);
    else if (loud()) out.verdict(true, what);
  };
  return {
    card: (seen, expected) => note(problemsOf(seen, expected), seen.title),
    fact: (holds, what) => note(holds ? [] : [what], what),
    made: () => made,
    failed: () => failed,
  };
}

/** What is amiss with a card, in words; empty where nothing is. */
export function problemsOf(seen: CardText, { title, says = [], saysNot = [] }: Expected): string[] {
  const text = flat(seen.lines.join(' '));
  const wrongTitle = new RegExp(`^\\S+ ${pattern(title)}$`, 'u').test(seen.title)
    ? []
    : [`expected the title "${title}", found "${seen.title}"`];
  const missing = says.filter((part) => !new RegExp(pattern(part), 'u').test(text));
  const tooMuch = saysNot.filter((part) => new RegExp(pattern(part), 'u').test(text));
  return [
    ...wrongTitle,
    ...missing.map((part) => `expected "${part}" on the card "${seen.title}"`),
    ...tooMuch.map((part) => `did not expect "${part}" on the card "${seen.title}"`),
  ];
}

function pattern(text: string): string {
  return flat(text)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+?');
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
