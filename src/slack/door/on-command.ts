import { loggable } from '../../core/log.ts';
import { words } from '../../message/words.ts';
import { conversationSeen } from '../conversation-seen.ts';
import { commandSchema } from './bodies.ts';
import type { DoorParts, Reply } from './door-parts.ts';
import type { Identified } from './identify.ts';
import { typedText } from './typed-text.ts';

/**
 * A slash command. Whatever it is called in the workspace, it means `/backup`. It has no thread: in a channel the bot
 * opens one, in a direct message the conversation is the chat itself.
 */
export async function onCommand(parts: DoorParts, body: unknown): Promise<Reply> {
  const command = commandSchema.parse(body);
  const { team_id: team, channel_id: channel, user_id: user, trigger_id } = command;
  let reader: Identified['reader'] = { locale: 'en', timeZone: null };
  try {
    const who = await parts.identify({ team, user, name: command.user_name ?? '' });
    if (!who) return undefined;
    reader = who.reader;
    const answer = await parts.receive({
      key: `slack:${team}:command:${trigger_id}`,
      conversation: conversationSeen({ team, channel, thread: null }),
      ...who,
      event: { kind: 'text', text: `/backup ${typedText(command.text, null)}`.trim(), private: false },
    });
    return answer.show === 'text' ? privately(answer.text) : undefined;
  } catch (error) {
    // Slack would show a code of its own and never send it again: the person has to know that nothing came of it.
    parts.log.error(loggable(error), 'a slash command could not be taken down');
    const { say } = words({ ...reader, timeZone: reader.timeZone ?? 'UTC', simulated: false });
    return privately(say('refused.fault'));
  }
}

function privately(text: string): Reply {
  return { response_type: 'ephemeral', text };
}
