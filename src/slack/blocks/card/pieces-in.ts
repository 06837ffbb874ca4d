import type { OutgoingMessage } from '../../../bot/port.ts';
import { storedSheet } from '../../../message/card-data.ts';
import { words } from '../../../message/words.ts';
import { isNode } from '../card-node.ts';
import type { Piece } from '../piece.ts';
import { cardPieces } from './card-pieces.ts';
import { readCard } from './read-card.ts';

/** The pieces of a message's card; null if it has none. */
export function piecesIn(drawn: OutgoingMessage): readonly Piece[] | null {
  const sheet = storedSheet(drawn.sheet);
  if (!sheet) return isNode(drawn.card) ? readCard(drawn.card, drawn.searches) : null;
  const { say } = words({ locale: drawn.locale ?? 'en', timeZone: 'UTC', simulated: false });
  const simulated = drawn.simulated ? say('card.simulated') : null;
  return cardPieces(sheet, { details: say('card.details'), simulated });
}
