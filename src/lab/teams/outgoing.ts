import { z } from 'zod';
import { cardType, type Content } from './messages.ts';
import { connectorRefusals, type Refusal } from '../refusal.ts';

/** What the bot sends to the connector; other fields aren't in the chat but stay in the log. */
export const outgoingSchema = z.looseObject({
  type: z.string().default('message'),
  text: z.string().nullish(),
  textFormat: z.enum(['plain', 'markdown', 'xml']).nullish(),
  summary: z.string().nullish(),
  replyToId: z.string().nullish(),
  recipient: z.looseObject({ id: z.string() }).nullish(),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.string(),
        content: z.unknown(),
        contentUrl: z.string().optional(),
        name: z.string().optional(),
      }),
    )
    .nullish(),
  entities: z.array(z.unknown()).nullish(),
});

/** An activity of the bot, checked. */
export type Outgoing = z.output<typeof outgoingSchema>;

const largest = 100 * 1024;

/** The content of a bot message, or why Teams wouldn't accept it. */
export function contentOf(activity: Outgoing): { content: Content } | { refusal: Refusal } {
  const attachments = activity.attachments ?? [];
  if (!activity.text && attachments.length === 0) return { refusal: connectorRefusals.emptyMessage };
  const isCard = (content: unknown) => typeof content === 'object' && content !== null && 'body' in content;
  if (attachments.some(({ contentType, content }) => contentType === cardType && !isCard(content)))
    return { refusal: connectorRefusals.badArgument('An attachment is no Adaptive Card.') };
  // Teams counts UTF-16, two bytes per character.
  if (JSON.stringify(activity).length * 2 > largest) return { refusal: connectorRefusals.tooBig };
  return {
    content: {
      text: activity.text ?? '',
      textFormat: activity.textFormat ?? 'markdown',
      ...(activity.summary && { summary: activity.summary }),
      attachments,
      entities: activity.entities ?? [],
    },
  };
}
