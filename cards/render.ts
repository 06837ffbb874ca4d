/** Lays a card out as an Adaptive Card that Teams accepts. */
import type { SheetData } from '../src/message/card-data.ts';
import { plain, shows } from '../src/message/escape.ts';
import { limitSteps, type Limits } from '../src/message/limits.ts';
import { captionsOf, type Look } from '../src/message/rendering/captions.ts';
import { words } from '../src/message/words.ts';
import { cardOf } from './card.ts';

/** Bytes of JSON: what Teams accepts in every way of posting, incoming webhooks included. */
const roomInCard = 28 * 1024;

/** An Adaptive Card as JSON. */
type Rendered = Readonly<Record<string, unknown>>;

function draw(sheet: SheetData, look: Look, limits: Limits): Rendered {
  const { locale, simulated } = look;
  const { say } = words({ locale, simulated, timeZone: 'UTC' });
  const around = {
    lang: locale,
    speak: plain([sheet.title, sheet.why].filter(shows).join(' · '), 400),
    fallbackText: captionsOf(sheet, look, limits.title).fallbackText,
    simulated: simulated ? say('card.simulated') : null,
    fold: { open: say('card.details'), shut: say('card.details-hide') },
  };
  return { ...cardOf(sheet, around, limits) };
}

/**
 * Renders a card as an Adaptive Card 1.5. Pure, and never refuses: texts are escaped, what is too much is shortened,
 * and the card is at most 28 KB of JSON unless the caller's own `data` of its buttons is larger.
 */
export function render(sheet: SheetData, look: Look): Rendered {
  let rendered: Rendered = {};
  for (const limits of limitSteps) {
    rendered = draw(sheet, look, limits);
    if (Buffer.byteLength(JSON.stringify(rendered)) <= roomInCard) return rendered;
  }
  return rendered;
}
