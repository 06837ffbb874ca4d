/**
 * What our cards are made of: Adaptive Cards under the names of their schema, with Microsoft's own types. A text gets
 * into a card only in the form that is safe in its field, see `src/message/escape.ts`.
 */
import type { IAdaptiveCard, IExecuteAction, ITextBlock } from '@microsoft/teams.cards';
import type { Markdown, Plain } from '../src/message/escape.ts';

export type {
  Action,
  CardElement as Element,
  IColumn as Column,
  IContainer as Container,
  ITableCell as TableCell,
} from '@microsoft/teams.cards';

/** A whole card. Teams' own pages write `Full`, the package `full`. */
export type AdaptiveCard = Omit<IAdaptiveCard, 'msteams'> & { readonly msteams: { readonly width: 'Full' } };
/** A text that Teams reads as Markdown. */
export type TextBlock = ITextBlock & { readonly text: Markdown };
/** A button that comes back to the bot. */
export type ExecuteAction = IExecuteAction & { readonly title: Plain };

type Look = Pick<ITextBlock, 'isSubtle' | 'size' | 'spacing' | 'style' | 'weight'>;

/** A text with its look. */
export function textBlock(text: Markdown, look: Look = {}): TextBlock {
  return { type: 'TextBlock', text, ...look, wrap: true };
}
