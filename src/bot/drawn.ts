import { searchesIn } from '../message/choices.ts';
import { render, type CardMessage, type Look } from '../message/render.ts';
import type { Json } from '../core/json.ts';
import type { Person } from '../core/person.ts';
import type { Drawn } from './port.ts';

/** A card ready for a platform. */
export function drawCard(message: CardMessage, look: Look): Drawn {
  const { card, fallbackText, summary } = render(message, look);
  const searches = searchesIn(message);
  const isSearched = Object.keys(searches).length > 0;
  const { locale } = look;
  return { card: card as Json, text: fallbackText, summary, mentions: [], locale, ...(isSearched && { searches }) };
}

/** A short new message that mentions somebody, since an edited card notifies nobody. */
export function drawPing(person: Person, text: string): Drawn {
  const plain = `${person.name}: ${text}`;
  return {
    card: null,
    text: `<at>${person.name}</at>: ${text}`,
    summary: plain,
    mentions: [{ id: person.platformId, name: person.name }],
  };
}
