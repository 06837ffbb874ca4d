import { searchesIn } from '../message/choices.ts';
import { render, type CardMessage, type RenderContext } from '../message/rendering/render.ts';
import type { Json } from '../core/json.ts';
import type { Mark } from '../message/card-data.ts';
import { isPerson, type Actor } from '../core/person.ts';
import type { OutgoingMessage, End } from './port.ts';
import { asWritten } from '../message/timed-text.ts';
import { words } from '../message/words.ts';
import { withoutWrites } from './rights/without-writes.ts';

/** Renders a card for a platform; where Kluis is read-only, without what would write. */
export function renderMessage(whole: CardMessage, context: RenderContext): OutgoingMessage {
  const message = context.readOnly ? withoutWrites(whole, words(context)) : whole;
  const { card, fallbackText, summary } = render(message, context);
  const searches = searchesIn(message);
  const isSearched = Object.keys(searches).length > 0;
  const { locale } = context;
  const { mark } = message.data;
  const [text, verdict] = [asWritten(fallbackText), asWritten(summary)];
  const drawn = { card: card as Json, text, summary: verdict, mentions: [], locale, mark };
  return isSearched ? { ...drawn, searches } : drawn;
}

/**
 * A short new message that mentions the person who started it, if there is one, since an edited card notifies nobody.
 */
export function renderPing(person: Actor, text: string): OutgoingMessage {
  if (!isPerson(person)) return plainMessage(text);
  const plain = asWritten(`${person.name}: ${text}`);
  return {
    card: null,
    text: `<at>${person.name}</at>: ${text}`,
    summary: plain,
    mentions: [{ id: person.platformId, name: person.name }],
  };
}

/** A new message without a card that mentions nobody. */
export function plainMessage(text: string): OutgoingMessage {
  return { card: null, text, summary: asWritten(text), mentions: [] };
}

/** How a request ends with an answer of this status: whatever isn't in order needs attention. */
export function endBy(mark: Mark): End {
  return mark === 'ok' || mark === 'info' ? 'done' : 'failed';
}
