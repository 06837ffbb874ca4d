import type { Line } from './lines.ts';
import { said, type Piece } from './piece.ts';
import { factLines } from './text-blocks.ts';

/**
 * The same pieces in as few blocks as their characters allow, for a card with more blocks than Slack accepts: facts and
 * small print become running text, consecutive texts are merged, dividers go.
 */
export function condensed(pieces: readonly Piece[]): readonly Piece[] {
  const dense: Piece[] = [];
  for (const piece of pieces.flatMap(plainer)) {
    const last = dense.at(-1);
    if (last?.kind === 'text' && piece.kind === 'text' && last.look === piece.look)
      dense.splice(-1, 1, said([...last.lines, [], ...piece.lines], piece.look));
    else if (last?.kind === 'code' && piece.kind === 'code')
      dense.splice(-1, 1, { kind: 'code', lines: [...last.lines, ...piece.lines] });
    else dense.push(piece);
  }
  return dense;
}

function plainer(piece: Piece): readonly Piece[] {
  switch (piece.kind) {
    case 'text':
      return piece.look === 'heading' ? [piece] : [said(piece.lines)];
    case 'facts':
      return [said(piece.facts.flatMap((fact): readonly Line[] => factLines(fact)))];
    case 'divider':
      return [];
    case 'fold':
      return [{ ...piece, pieces: condensed(piece.pieces) }];
    default:
      return [piece];
  }
}
