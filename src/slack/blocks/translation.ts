import type { KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../../core/person.ts';
import type { Field } from './inputs/field.ts';

/** How a message is translated. */
export type TranslateOptions = {
  /** The Slack user ID of a person by the ID in a mention; null: the name is shown instead. */
  readonly mention?: (id: string) => string | null;
  /** The language of the few words that Slack needs and a card lacks (`Are you sure?`); by default the card's own. */
  readonly locale?: Locale;
  /**
   * Where it is shown. Slack's home tab has no containers: folds are open there, and it can have 100 blocks. `aside`:
   * in a channel that the bot isn't in, where buttons don't work; they are omitted, and the message says where to find
   * them.
   */
  readonly surface?: 'message' | 'home' | 'aside';
  /** `open`: every fold is rendered open, for a workspace that doesn't support containers. */
  readonly folds?: 'closed' | 'open';
  /** What the modal's submission returns, such as the message it belongs to: at most 500 characters. */
  readonly origin?: string;
};

/** A message in Slack's form. */
export type Translated = {
  /** For `text`: what a notification shows. Escaped; mentions are `<@U…>`. */
  readonly text: string;
  /**
   * The blocks of the message, within all limits: one list for nearly every card of ours. If a card has more than fits
   * in one message, its inputs and buttons are in the first list, which says that it was shortened; the others have the
   * rest.
   */
  readonly messages: readonly (readonly KnownBlock[])[];
  /** The form of a card with more than a few choices; the message has a button that opens it. */
  readonly modal: ModalView | null;
  /** Texts too long for a `value`, by the keys that replace them. Mostly empty. */
  readonly overflow: ReadonlyMap<string, string>;
  /** The inputs, to find which required ones are empty. */
  readonly fields: readonly Field[];
  /** What Slack couldn't show as the card says it, for the log. */
  readonly warnings: readonly string[];
};
