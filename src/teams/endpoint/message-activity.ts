import type { OutgoingMessage } from '../../bot/port.ts';
import type { Json } from '../../core/json.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';

/**
 * A rendered message for the connector. A card is sent alone, since Teams would show the text above it; if people are
 * mentioned the text is sent along, because only mentions in the text notify.
 */
export function messageActivity(drawn: OutgoingMessage): { readonly [key: string]: Json } {
  const { card, summary } = drawn;
  const isAlone = card !== null && drawn.mentions.length === 0;
  return {
    type: 'message',
    summary,
    ...(isAlone ? {} : textParts(drawn)),
    ...(card !== null && { attachments: [{ contentType: cardType, content: card }] }),
  };
}

/** Plain if possible; mentions and links are markup, so then the rest of the text is escaped. */
function textParts({ text, mentions, link }: OutgoingMessage): { readonly [key: string]: Json } {
  const named = [...new Map(mentions.map((person) => [tag(person.name), person])).entries()];
  const inText = named.filter(([mention]) => text.includes(mention));
  if (inText.length === 0 && !link) return { text, textFormat: 'plain' };
  const entities = inText.map(([, { id, name }]) => ({
    type: 'mention',
    text: tag(escaped(name)),
    mentioned: { id, name },
  }));
  return {
    text:
      withMentions(
        text,
        inText.map(([, { name }]) => name),
      ) + (link ? ` ${anchor(link)}` : ''),
    textFormat: 'xml',
    ...(entities.length > 0 && { entities }),
  };
}

function withMentions(text: string, names: readonly string[]): string {
  const [name, ...others] = names;
  if (name === undefined) return escaped(text).replaceAll('\n', '<br/>');
  return text
    .split(tag(name))
    .map((part) => withMentions(part, others))
    .join(tag(escaped(name)));
}

function anchor({ title, url }: NonNullable<OutgoingMessage['link']>): string {
  return `<a href="${escaped(url).replaceAll('"', '&quot;')}">${escaped(title)}</a>`;
}

function tag(name: string): string {
  return `<at>${name}</at>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
