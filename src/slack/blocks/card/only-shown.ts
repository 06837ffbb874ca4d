import { plainLines } from '../lines.ts';
import { said, type Piece } from '../piece.ts';
import type { OwnWords } from '../wording.ts';

/** The pieces of a card without buttons and inputs; where something is missing, a text says how to get to it. */
export function onlyShown(pieces: readonly Piece[], { invite }: OwnWords): readonly Piece[] {
  const shown = pieces.flatMap((piece) => withoutControls(piece));
  const hadMore = pieces.some(({ kind }) => kind === 'input' || kind === 'buttons' || kind === 'row');
  return hadMore ? [...shown, said(plainLines(invite))] : shown;
}

function withoutControls(piece: Piece): readonly Piece[] {
  switch (piece.kind) {
    case 'input':
    case 'buttons':
      return [];
    case 'row':
      return [said(piece.lines)];
    case 'fold':
      return [{ ...piece, pieces: piece.pieces.flatMap(withoutControls) }];
    default:
      return [piece];
  }
}
