import { render } from '../../cards/render.ts';
import type { Json } from '../core/json.ts';
import type { CardMessage } from '../message/card-data.ts';
import { searchesIn } from '../message/choices.ts';
import { asSheet } from '../message/rendering/as-sheet.ts';
import type { Look } from '../message/rendering/captions.ts';
import type { OutgoingMessage } from './port.ts';

/**
 * What the previous release reads of a message with a card: its processes send rows of this one in a rolling change and
 * after a way back, and they know no typed card. Once no such release runs beside this one, this file goes, with the
 * two fields of `OutgoingMessage`, `src/slack/blocks/card/read-card.ts` and what the bot imports of `cards`.
 */
export function forPreviousRelease(message: CardMessage, look: Look): Pick<OutgoingMessage, 'card' | 'searches'> {
  const searches = searchesIn(message);
  const card = render(asSheet(message), look) as Json;
  return Object.keys(searches).length > 0 ? { card, searches } : { card };
}
