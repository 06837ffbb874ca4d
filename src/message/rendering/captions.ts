import type { RenderContext, SheetData } from '../card-data.ts';
import { plain } from '../escape.ts';
import { generous } from '../limits.ts';
import { words } from '../words.ts';
import { headline } from './headline.ts';

/** What of a reader a card's layout depends on: its own texts are in their language already. */
export type Look = Pick<RenderContext, 'locale' | 'simulated'>;

/**
 * A card in plain text: `summary` is the verdict in one line; `fallbackText` adds the next action, for Slack's
 * notifications and for hosts that can't show the card.
 */
type Captions = { readonly summary: string; readonly fallbackText: string };

/** The captions of a card, with a title of at most `max` characters. */
export function captionsOf(sheet: SheetData, { locale, simulated }: Look, max = generous.title): Captions {
  const { say } = words({ locale, simulated, timeZone: 'UTC' });
  const summary = plain(headline(sheet), max);
  // A question itself says what to do.
  const next = sheet.mark === 'ask' ? undefined : sheet.buttons?.find(({ style }) => style === 'positive');
  const spoken = next ? plain(`${summary} · ${say('card.next', { button: next.title })}`, 300) : summary;
  return { fallbackText: simulated ? plain(`${spoken} (${say('card.simulated')})`, 400) : spoken, summary };
}
