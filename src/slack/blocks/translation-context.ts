import type { OverflowStore } from './overflow-store.ts';
import type { OwnWords } from './wording.ts';

/** State that grows while one message is translated, and that all of its parts need. */
export type TranslationContext = {
  readonly words: OwnWords;
  /** The first line of the card, for confirmations about the whole of it. */
  readonly title: string;
  readonly overflow: OverflowStore;
  readonly warn: (warning: string) => void;
  /** A number that is unique within the message. */
  readonly next: () => number;
};
