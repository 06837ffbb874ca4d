import type { OutgoingMessage } from '../../bot/port.ts';
import type { Json } from '../../core/json.ts';
import { cardContent } from '../card-content.ts';
import { mentionTag, splitAtMentions, type Mentioned } from '../../core/mentions.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';

/**
 * A rendered message for the connector. A card is sent alone, since Teams would show the text above it; if people are
 * mentioned the text is sent along, because only mentions in the text notify.
 */
export function messageActivity(drawn: OutgoingMessage): { readonly [key: string]: Json } {
  const { summary } = drawn;
  const card = cardContent(drawn);
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
  const parts = splitAtMentions(text, mentions);
  const people = parts.filter((part) => typeof part !== 'string');
  if (people.length === 0 && !link) return { text, textFormat: 'plain' };
  const tags = new Map(people.map((person, at) => [person, tagOf(person, people.slice(0, at))]));
  const written = parts.map((part) => (typeof part === 'string' ? markup(part) : tags.get(part)));
  const entities = people.map((person) => ({
    type: 'mention',
    text: tags.get(person) ?? '',
    mentioned: { id: person.id, name: person.name },
  }));
  return {
    text: written.join('') + (link ? ` ${anchor(link)}` : ''),
    textFormat: 'xml',
    ...(entities.length > 0 && { entities }),
  };
}

/** Teams finds a mention by its text, so namesakes are numbered. */
function tagOf({ name }: Mentioned, before: readonly Mentioned[]): string {
  const namesakes = before.filter((other) => other.name === name).length;
  return mentionTag(escaped(namesakes === 0 ? name : `${name} (${namesakes + 1})`));
}

function markup(text: string): string {
  return escaped(text).replaceAll('\n', '<br/>');
}

function anchor({ title, url }: NonNullable<OutgoingMessage['link']>): string {
  return `<a href="${escaped(url).replaceAll('"', '&quot;')}">${escaped(title)}</a>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
