/**
 * What our cards are made of: Adaptive Cards under the names of their schema. A text gets into a card only in the form
 * that is safe in its field, see `src/message/escape.ts`.
 */
import type { Markdown, Plain } from '../src/message/escape.ts';

/** An element of a card, an action or another part. */
export type Element<T extends string = string> = { readonly type: T; readonly [key: string]: unknown };

/** A text that Teams reads as Markdown. */
export type TextBlock = Element<'TextBlock'> & { readonly text: Markdown };
/** A button that comes back to the bot. */
export type ExecuteAction = Element<'Action.Execute'> & { readonly title: Plain };
/** One of a list. */
export type Choice = { readonly title: Plain; readonly value: string };

type Look = {
  readonly isSubtle?: boolean;
  readonly size?: 'Default' | 'Small' | 'Large';
  readonly spacing?: 'None' | 'Small' | 'Medium';
  readonly style?: 'heading';
  readonly weight?: 'Default' | 'Bolder';
};

/** A text with its look. */
export function textBlock(text: Markdown, look: Look = {}): TextBlock {
  return { type: 'TextBlock', text, ...look, wrap: true };
}
