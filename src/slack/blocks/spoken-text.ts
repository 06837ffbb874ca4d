import type { KnownBlock, RichTextElement } from '@slack/types';
import type { OutgoingMessage } from '../../bot/port.ts';
import { splitAtMentions } from '../../core/mentions.ts';
import { asWritten } from '../../message/timed-text.ts';
import { limits } from './limits.ts';
import { plainLines } from './lines.ts';
import { escapeSigns, richSection } from './text-object.ts';
import { textBlocks } from './text-blocks.ts';

/** The Slack user behind a mention's ID; null if there is none. */
type Mention = (id: string) => string | null;

type Part = { readonly text: string } | { readonly user: string };

/** The text of a notification: the text with its mentions and its link, and nothing else that Slack would interpret. */
export function notification(drawn: OutgoingMessage, mention: Mention): string {
  let said = '';
  for (const piece of [...partsOf(drawn, mention).flatMap(pieces), ...linkPiece(drawn)]) {
    if (said.length + piece.length >= limits.notification) return `${said}…`;
    said += piece;
  }
  return said.trim() === '' ? '…' : said;
}

/** A link is one piece, too. */
function linkPiece({ link }: OutgoingMessage): readonly string[] {
  return link ? [` <${escapeSigns(link.url)}|${escapeSigns(link.title)}>`] : [];
}

/** A mention is one piece, and so is a character with its entity: neither is ever cut in two. */
function pieces(part: Part): readonly string[] {
  return 'user' in part ? [`<@${part.user}>`] : Array.from(asWritten(part.text), escapeSigns);
}

/** A message without a card, as blocks: these show exactly its characters, its mentions and its link. */
export function textMessage(drawn: OutgoingMessage, mention: Mention): readonly KnownBlock[] {
  const parts = partsOf(drawn, mention);
  const isPlain = !drawn.link && !parts.some((part) => 'user' in part);
  if (isPlain)
    return textBlocks(
      parts.flatMap((part) => ('text' in part ? plainLines(part.text) : [])),
      'normal',
      'free',
    );
  const elements = parts.flatMap((part): readonly RichTextElement[] =>
    'user' in part ? [{ type: 'user', user_id: part.user }] : richSection(plainLines(part.text)).elements,
  );
  const link: readonly RichTextElement[] = drawn.link
    ? [
        { type: 'text', text: ' ' },
        { type: 'link', url: drawn.link.url, text: drawn.link.title },
      ]
    : [];
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [...elements, ...link] }] }];
}

/** The text around its mentions; a person unknown to Slack is named. */
function partsOf(drawn: OutgoingMessage, mention: Mention): readonly Part[] {
  const said = drawn.text.trim() === '' ? drawn.summary : drawn.text;
  return splitAtMentions(said, drawn.mentions).map((part) => {
    if (typeof part === 'string') return { text: part };
    const user = mention(part.id);
    return user === null ? { text: part.name } : { user };
  });
}
