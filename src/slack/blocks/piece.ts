import type { ShownButton } from '../../message/rendering/shown-buttons.ts';
import type { ShownInput } from '../../message/rendering/shown-input.ts';
import type { SlackAction } from './action-value.ts';
import type { Line } from './lines.ts';

/** How a text looks: the title of a card, running text, or small print. */
export type TextLook = 'heading' | 'normal' | 'quiet';

/** Lines with the same look. */
type TextPiece = { readonly kind: 'text'; readonly look: TextLook; readonly lines: readonly Line[] };
/** A title and its value. */
export type Fact = { readonly title: readonly Line[]; readonly value: readonly Line[] };
/** What is hidden behind a title. */
export type FoldPiece = { readonly kind: 'fold'; readonly title: string; readonly pieces: readonly Piece[] };
/** A button, with what a press means. */
export type PieceButton = Pick<ShownButton, 'style' | 'behind'> & {
  readonly title: string;
  readonly tooltip: string;
  readonly action: SlackAction;
};

/**
 * One part of a card in reading order, before it becomes blocks. `row` is a text with one button next to it, `fold`
 * what is hidden until somebody opens it.
 */
export type Piece =
  | TextPiece
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'divider' }
  | { readonly kind: 'row'; readonly lines: readonly Line[]; readonly button: PieceButton }
  | { readonly kind: 'input'; readonly input: ShownInput }
  | { readonly kind: 'buttons'; readonly buttons: readonly PieceButton[] }
  | FoldPiece;

/** A piece of running text. */
export function said(lines: readonly Line[], look: TextLook = 'normal'): TextPiece {
  return { kind: 'text', look, lines };
}
