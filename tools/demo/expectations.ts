/** What a card has to say at the end, and the number of mismatches. */
import type { CardText } from './card-text.ts';
import type { Transcript } from './transcript.ts';

/**
 * What is expected of a card: `says` on it or in its details. In each text `…` stands for anything, like the gaps in
 * the product's wording.
 */
export type Expected = {
  readonly title: string;
  readonly says?: readonly string[];
  readonly saysNot?: readonly string[];
  /** All buttons that send something to the bot, in order. */
  readonly buttons?: readonly string[];
};

/** The checks of a demo. */
export type Checks = {
  /** Compares a card; mismatches are printed and counted. */
  readonly card: (seen: CardText, expected: Expected) => void;
  /** Anything else that must be true. */
  readonly fact: (holds: boolean, what: string) => void;
  readonly made: () => number;
  readonly failed: () => readonly string[];
};

/** Starts counting. A mismatch is printed at once, a match only if nothing else shows it. */
export function checks(out: Transcript): Checks {
  const failed: string[] = [];
  let made = 0;
  const note = (problems: readonly string[]) => {
    made += 1;
    if (problems.length === 0) return;
    failed.push(problems.join('; '));
    for (const problem of problems) out.verdict(false, problem);
  };
  return {
    card: (seen, expected) => note(problemsOf(seen, expected)),
    fact: (holds, what) => {
      note(holds ? [] : [what]);
      if (holds) out.verdict(true, what);
    },
    made: () => made,
    failed: () => failed,
  };
}

/** what is wrong with a card, in words; empty if nothing is. */
function problemsOf(seen: CardText, { title, says = [], saysNot = [], buttons = seen.buttons }: Expected): string[] {
  const text = flat(seen.lines.join(' '));
  const whole = flat([...seen.lines, ...seen.details].join(' '));
  const wrongTitle = new RegExp(`^\\S+ ${pattern(title)}$`, 'u').test(seen.title)
    ? []
    : [`expected the title "${title}", found "${seen.title}"`];
  const missing = says.filter((part) => !new RegExp(pattern(part), 'u').test(whole));
  const tooMuch = saysNot.filter((part) => new RegExp(pattern(part), 'u').test(text));
  const wrongButtons =
    buttons.join() === seen.buttons.join()
      ? []
      : [
          `expected the buttons "${buttons.join(', ')}", found "${seen.buttons.join(', ')}" on the card "${seen.title}"`,
        ];
  return [
    ...wrongTitle,
    ...wrongButtons,
    ...missing.map((part) => `expected "${part}" on the card "${seen.title}"`),
    ...tooMuch.map((part) => `did not expect "${part}" on the card "${seen.title}"`),
  ];
}

function pattern(text: string): string {
  return flat(text)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*?');
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
