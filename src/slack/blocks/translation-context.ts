import type { OverflowStore } from './overflow-store.ts';
import type { OwnWords } from './wording.ts';

/** What grows while one message is translated, and what all of its parts need. */
export type TranslationContext = {
  readonly words: OwnWords;
  /** The first line of the card, for confirmations about the whole of it. */
  readonly title: string;
  readonly overflow: OverflowStore;
  /** The datasets of lists whose choices are found by typing, too, by the id of the input. */
  readonly searches: Readonly<Record<string, string>>;
  readonly warn: (warning: string) => void;
  /** A number that no other part of the message has. */
  readonly next: () => number;
};
