import type { KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../../core/person.ts';
import type { Field } from './inputs/field.ts';

/** How a message is translated. */
export type TranslateOptions = {
  /** The Slack user id of a person by the id that a mention carries; null: the name is shown instead. */
  readonly mention?: (id: string) => string | null;
  /** The language of the few words that Slack needs and a card has not (`Are you sure?`); else the card's own. */
  readonly locale?: Locale;
  /**
   * Where it stands. Slack's home tab takes no containers: folds stand open there, and it holds 100 blocks. `aside`: in
   * a channel in which the bot is not, where nothing can be pressed; what is to be pressed is left out, and how to get
   * there said.
   */
  readonly surface?: 'message' | 'home' | 'aside';
  /** `open`: every fold is drawn open, for a workspace that does not take containers. */
  readonly folds?: 'closed' | 'open';
  /** What the submission of the modal brings back, such as the message it belongs to: at most 500 characters. */
  readonly origin?: string;
};

/** A message in Slack's form. */
export type Translated = {
  /** For `text`: what a notification shows. Escaped; mentions are `<@U…>`. */
  readonly text: string;
  /**
   * The blocks of the message, within all limits: one list for nearly every card of ours. Where a card holds more than
   * one message can carry, its inputs and buttons are in the first list, which says that it was shortened; the others
   * hold the rest.
   */
  readonly messages: readonly (readonly KnownBlock[])[];
  /** The form of a card that asks for more than a few choices; the message has a button that opens it. */
  readonly modal: ModalView | null;
  /** Texts too long for a `value`, by the keys that stand there instead. Mostly empty. */
  readonly overflow: ReadonlyMap<string, string>;
  /** The inputs, for telling what was left empty. */
  readonly fields: readonly Field[];
  /** What Slack could not show as the card says it, for the log. */
  readonly warnings: readonly string[];
};
