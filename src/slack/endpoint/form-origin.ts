import { z } from 'zod';
import type { ConversationSeen } from '../../bot/port.ts';
import { storableIn } from '../../core/storable.ts';
import { conversationSeen } from '../conversation-seen.ts';

const originSchema = z.object({
  t: z.string().max(64),
  c: z.string().max(64),
  h: z.string().max(64).nullable(),
  m: z.string().max(64),
});

/** Where a form was opened. It travels through Slack with the form, and is a claim when it comes back. */
export type FormOrigin = { readonly conversation: ConversationSeen; readonly messageId: string };

/** As the text that the form carries. */
export function writeOrigin({ conversation, messageId }: FormOrigin): string {
  const { team, channel, thread } = conversation.address as { team: string; channel: string; thread: string | null };
  return JSON.stringify({ t: team, c: channel, h: thread, m: messageId });
}

/** Reads it; null if it is invalid, or from another workspace than the person who sends the form. */
export function readOrigin(text: string, sender: string): FormOrigin | null {
  const { data } = originSchema.safeParse(storableIn(text));
  if (!data || data.t !== sender) return null;
  const { t: team, c: channel, h: thread, m: messageId } = data;
  return { conversation: conversationSeen({ team, channel, thread }), messageId };
}
