import type { Node } from './card-node.ts';
import type { Line } from './lines.ts';

/** How a text looks: the title of a card, running text, or small print. */
export type TextLook = 'heading' | 'normal' | 'quiet';

/** Lines with the same look. */
type TextPiece = { readonly kind: 'text'; readonly look: TextLook; readonly lines: readonly Line[] };
/** A title and its value. */
export type Fact = { readonly title: readonly Line[]; readonly value: readonly Line[] };
/** What is hidden behind a title. */
export type FoldPiece = { readonly kind: 'fold'; readonly title: string; readonly pieces: readonly Piece[] };

/**
 * One part of a card in reading order, before it becomes blocks. Inputs and buttons are still the card's own; `row` is
 * a text with one button next to it, `fold` what is hidden until somebody opens it.
 */
export type Piece =
  | TextPiece
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'divider' }
  | { readonly kind: 'row'; readonly lines: readonly Line[]; readonly button: Node }
  | { readonly kind: 'input'; readonly input: Node }
  | { readonly kind: 'buttons'; readonly buttons: readonly Node[] }
  | FoldPiece;

/** A piece of running text. */
export function said(lines: readonly Line[], look: TextLook = 'normal'): TextPiece {
  return { kind: 'text', look, lines };
}
