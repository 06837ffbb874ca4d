import { z } from 'zod';
import type { BotReply } from './bot-line.ts';
import type { Answer } from './messages.ts';

const answerSchema = z.looseObject({ statusCode: z.number(), type: z.string(), value: z.unknown() });
const errorSchema = z.looseObject({ code: z.string().optional(), message: z.string() });

/**
 * What a person sees after a press: another card, a line under the card, or an error. `before` is what they saw until
 * now.
 */
export function cardAnswer(reply: BotReply, before: Answer | undefined): Answer {
  const kept = before?.card === undefined ? {} : { card: before.card };
  const error = (text: string): Answer => ({ ...kept, note: { kind: 'error', text } });
  if (reply.status !== 200) return error(unanswered(reply.status));
  const parsed = answerSchema.safeParse(reply.body);
  if (!parsed.success) return error('The answer to this button is none that Teams understands.');
  const { type, value } = parsed.data;
  if (type === 'application/vnd.microsoft.card.adaptive') return { card: value };
  if (type === 'application/vnd.microsoft.activity.message')
    return { ...kept, note: { kind: 'message', text: String(value) } };
  const told = errorSchema.safeParse(value);
  return error(told.success ? told.data.message : `The answer has the type ${type}, which the lab cannot show.`);
}

/** Why no answer came, in words. */
export function unanswered(status: number): string {
  if (status === 0) return 'The bot cannot be reached. Is it running?';
  if (status === 504) return 'The bot did not answer within 15 seconds.';
  return `The bot answered with HTTP status ${status}.`;
}
