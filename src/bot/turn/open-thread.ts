/**
 * A command that was given outside any thread (a slash command in a channel): the bot posts a message that says who
 * asked for what, and the conversation continues below it. The opening travels with that message through the outbox, so
 * a crash between the two loses neither; the thread's first event has its own key, so it starts once.
 */
import { z } from 'zod';
import type { Person } from '../../core/person.ts';
import { mentionTag } from '../../core/mentions.ts';
import { enqueueMessage, type StoredMessage } from '../../store/messages.ts';
import type { Answer, ChatSender, ConversationSeen, Destination, OutgoingMessage, Inbound, Receive } from '../port.ts';
import type { Turn } from '../turn-context.ts';

const asideSchema = z.looseObject({ id: z.string(), platform: z.literal('slack'), kind: z.literal('personal') });

const openingSchema = z.object({
  text: z.string(),
  aside: asideSchema.optional(),
  person: z.object({
    id: z.string(),
    name: z.string(),
    platformId: z.string(),
    team: z.string().optional(),
    unlinked: z.literal(true).optional(),
    guest: z.literal(true).optional(),
  }),
  reader: z.object({ locale: z.enum(['en', 'nl']), timeZone: z.string().nullable() }),
});

/** What starts below a message once that is posted. */
type Opening = z.output<typeof openingSchema>;

/** Enqueues the message below which the conversation continues. */
export async function openThread({ deps, unit, inbound }: Turn, text: string): Promise<Answer> {
  const { person, reader, conversation, aside } = inbound;
  const opening = { text, person, reader, ...(aside && { aside }) } as Opening;
  const desired = { ...renderOpening(opening), opening };
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: conversation.id, desired });
  unit.wake({ to: 'deliver', id: conversation.id });
  return { show: 'nothing' };
}

/**
 * What was asked and by whom; once there is an answer, its verdict below. While the bot is working only a status icon
 * is shown: a running clock there would cost an edit each time.
 */
export function renderOpening(
  { person, text }: Opening,
  verdict?: Pick<OutgoingMessage, 'mark' | 'summary'>,
): OutgoingMessage {
  const { name, platformId } = person;
  const head = verdict ? (verdict.mark === 'busy' ? '⏳ ' : `${verdict.summary}\n`) : '';
  const mentions = [{ id: platformId, name, from: head.length }];
  return { card: null, text: `${head}${mentionTag(name)}: ${text}`, summary: `${head}${name}: ${text}`, mentions };
}

/** The opening in a message; null if it has none. */
export function openingOf({ desired }: Pick<StoredMessage, 'desired'>): Opening | null {
  const { opening } = (desired ?? {}) as { opening?: unknown };
  return openingSchema.safeParse(opening).data ?? null;
}

/** Where the person who asked can be answered privately, as recorded in a message; null if it has none. */
export function asideIn(wanted: unknown): ConversationSeen | null {
  const { aside } = (wanted ?? {}) as { aside?: unknown };
  return (asideSchema.safeParse(aside).data ?? null) as ConversationSeen | null;
}

/** The message that was pressed on, as recorded in what is said privately about that; none if nothing was pressed. */
export function pressedIn(wanted: unknown): readonly string[] {
  const { pressed } = (wanted ?? {}) as { pressed?: unknown };
  return typeof pressed === 'string' ? [pressed] : [];
}

/** Starts the conversation below a message that was posted. Idempotent. */
export async function beginBelow(
  receive: Receive,
  opening: Opening,
  at: { readonly to: Destination; readonly sender: ChatSender; readonly key: string; readonly messageId: string },
): Promise<void> {
  const conversation = at.sender.threadBelow?.(at.to, at.messageId);
  if (!conversation) return;
  const { text, person, reader } = opening;
  const inbound: Inbound = {
    key: `opened:${at.key}`,
    conversation,
    person: person as Person,
    reader,
    asked: at.messageId,
    event: { kind: 'text', text, private: false },
  };
  await receive(inbound);
}
