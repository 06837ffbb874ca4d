/** Renders a message as a card that Teams accepts. */
import type { CardMessage, RenderContext, RenderedCard } from '../src/message/card-data.ts';
import { plain, shows } from '../src/message/escape.ts';
import { headline } from '../src/message/rendering/headline.ts';
import { limitSteps, type Limits } from '../src/message/limits.ts';
import { asSheet } from '../src/message/rendering/as-sheet.ts';
import { words } from '../src/message/words.ts';
import { cardOf } from './card.ts';

/** Bytes of JSON: what Teams accepts in every way of posting, incoming webhooks included. */
const roomInCard = 28 * 1024;

function draw(message: CardMessage, context: RenderContext, limits: Limits): RenderedCard {
  const { say } = words(context);
  const sheet = asSheet(message);
  const summary = plain(headline(sheet), limits.title);
  const simulated = say('card.simulated');
  // A question itself says what to do.
  const next = sheet.mark === 'ask' ? undefined : sheet.buttons?.find(({ style }) => style === 'positive');
  const spoken = next ? plain(`${summary} · ${say('card.next', { button: next.title })}`, 300) : summary;
  const fallbackText = context.simulated ? plain(`${spoken} (${simulated})`, 400) : spoken;
  const around = {
    lang: context.locale,
    speak: plain([sheet.title, sheet.why].filter(shows).join(' · '), 400),
    fallbackText,
    simulated: context.simulated ? simulated : null,
    fold: { open: say('card.details'), shut: say('card.details-hide') },
  };
  return { card: { ...cardOf(sheet, around, limits) }, fallbackText, summary };
}

/**
 * Renders a message as an Adaptive Card 1.5. Pure, and never refuses: texts are escaped, what is too much is shortened,
 * and the card is at most 28 KB of JSON unless the caller's own `data` of its buttons is larger.
 */
export function render(message: CardMessage, context: RenderContext): RenderedCard {
  let rendered: RenderedCard | undefined;
  for (const limits of limitSteps) {
    rendered = draw(message, context, limits);
    if (Buffer.byteLength(JSON.stringify(rendered.card)) <= roomInCard) return rendered;
  }
  return rendered as RenderedCard;
}
