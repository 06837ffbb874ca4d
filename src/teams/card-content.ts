import { render } from '../../cards/render.ts';
import type { OutgoingMessage } from '../bot/port.ts';
import type { Json } from '../core/json.ts';
import { storedSheet } from '../message/card-data.ts';

/** The card of a message as Teams shows it; null: it has none. A row of the previous release has it laid out. */
export function cardContent({ sheet, locale = 'en', simulated, card }: OutgoingMessage): Json | null {
  const known = storedSheet(sheet);
  return known ? (render(known, { locale, simulated: simulated === true }) as Json) : card;
}
