import { ChatFault, type ChatSender, type ConversationSeen, type OutgoingMessage } from '../bot/port.ts';
import type { z } from 'zod';
import { asideSchema } from './conversation-seen.ts';
import { inSlack, type MessageParts } from './message-parts.ts';
import type { Respond } from './response-url.ts';

/**
 * The address of a private answer to the person who gave a command: the command's response URL; `key` is the command's
 * own.
 */
export function asideOf(command: { team: string; channel: string; url: string; key: string }): ConversationSeen {
  const { team, channel, url, key } = command;
  const address: z.output<typeof asideSchema> = { kind: 'aside', team, channel, url };
  return {
    id: `slack:${team}:${channel}:aside:${key}`,
    platform: 'slack',
    kind: 'personal',
    channel: null,
    address,
    onlyShows: true,
  };
}

function asideParts(drawn: OutgoingMessage, folds: 'closed' | 'open'): MessageParts {
  const { text, messages } = inSlack(drawn, { surface: 'aside', folds });
  return { text, blocks: [...(messages[0] ?? [])] };
}

/** The ID of a private answer: Slack returns none, and the answer can't be changed. */
const said = { id: 'aside' };

/**
 * The sender for private answers, and the other one for everything else. A message that only says that the bot is
 * working isn't sent: the URL works five times, and one answer isn't replaced by a second.
 */
export function withAsides<S extends ChatSender>(sender: S, respond: Respond): S {
  const answer = async (url: string, drawn: OutgoingMessage) => {
    if (drawn.mark === 'busy') return said;
    try {
      await respond(url, asideParts(drawn, 'closed'));
    } catch (fault) {
      // A workspace may not support containers; a refused message wasn't shown.
      if (!(fault instanceof ChatFault) || fault.kind !== 'refused') throw fault;
      await respond(url, asideParts(drawn, 'open'));
    }
    return said;
  };
  const urlOf = (address: unknown) => {
    return asideSchema.safeParse(address).data?.url ?? null;
  };
  return {
    ...sender,
    async post(to, drawn, key) {
      const url = urlOf(to.address);
      return url === null ? sender.post(to, drawn, key) : answer(url, drawn);
    },
    async postPrivately(to, drawn, ...whisper) {
      const url = urlOf(to.address);
      return url === null ? sender.postPrivately(to, drawn, ...whisper) : answer(url, drawn);
    },
    async edit(to, messageId, drawn) {
      const url = urlOf(to.address);
      await (url === null ? sender.edit(to, messageId, drawn) : answer(url, drawn));
    },
    find: async (to, key) => (urlOf(to.address) === null ? ((await sender.find?.(to, key)) ?? null) : null),
    rootOf: (to) => (urlOf(to.address) === null ? (sender.rootOf?.(to) ?? null) : null),
    rateLimitDelay: (to) => (urlOf(to.address) === null ? (sender.rateLimitDelay?.(to) ?? 0) : 0),
  };
}
