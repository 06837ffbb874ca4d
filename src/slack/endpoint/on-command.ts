import { randomUUID } from 'node:crypto';
import { loggable } from '../../core/log.ts';
import { words, type Words } from '../../message/words.ts';
import type { ConversationSeen } from '../../bot/port.ts';
import { storable } from '../../core/storable.ts';
import { within } from '../../core/within.ts';
import { asideOf } from '../aside.ts';
import { addressSchema, conversationSeen, isPersonal } from '../conversation-seen.ts';
import { commandSchema } from './bodies.ts';
import type { EndpointParts, Reply } from './endpoint-parts.ts';
import type { Identified } from './identify.ts';
import { typedText } from './typed-text.ts';

/**
 * A slash command. Whatever its name in the workspace, it means `/backup`. It has no thread: in a channel the bot opens
 * one, in a direct message the conversation is the chat itself.
 */
export async function onCommand(parts: EndpointParts, body: unknown): Promise<Reply> {
  const { data: command } = commandSchema.safeParse(storable(body));
  if (!command) return void parts.log.warn({}, 'a slash command could not be read');
  const { team_id: team, channel_id: channel, user_id: user, trigger_id, response_url: url } = command;
  let reader: Identified['reader'] = { locale: 'en', timeZone: null };
  try {
    const who = await parts.identify({ team, user, name: command.user_name ?? '', says: [team] });
    if (who === 'stranger') return undefined;
    if (who === 'unknown') return privately(saying(reader)('refused.who-unknown'));
    reader = who.reader;
    const conversation = await placeFor(parts, { team, channel, user });
    const answer = await parts.receive({
      key: `slack:${team}:command:${trigger_id}`,
      conversation,
      ...who,
      ...(url && conversation.opensThread && { aside: asideOf({ team, channel, url, key: trigger_id }) }),
      event: { kind: 'text', text: `/backup ${typedText(command.text, null)}`.trim(), private: false },
    });
    if (answer.show === 'text') return privately(answer.text);
    return isElsewhere(conversation, channel) ? privately(saying(reader)('command.elsewhere')) : undefined;
  } catch (error) {
    // Slack would show its own error code and never send it again: the person has to know that nothing happened.
    const reference = randomUUID().slice(0, 8);
    parts.log.error({ ...loggable(error), reference }, 'a slash command could not be taken down');
    return privately(saying(reader)('refused.fault', { reference }));
  }
}

/** Commands can also be given in direct messages between people, where the bot isn't: it answers in its own chat. */
async function placeFor(
  parts: EndpointParts,
  { team, channel, user }: { team: string; channel: string; user: string },
): Promise<ConversationSeen> {
  if (!isPersonal(channel)) return conversationSeen({ team, channel, thread: null });
  const own = await within(parts.timeouts.chat, parts.personalOf(team, user));
  if (!own) throw new Error("Slack didn't say in time in which conversation somebody writes to the bot");
  return own;
}

function isElsewhere({ kind, address }: ConversationSeen, channel: string): boolean {
  return kind === 'personal' && addressSchema.parse(address).channel !== channel;
}

function saying(reader: Identified['reader']): Words['say'] {
  return words({ ...reader, timeZone: reader.timeZone ?? 'UTC', simulated: false }).say;
}

function privately(text: string): Reply {
  return { response_type: 'ephemeral', text };
}
