import { z } from 'zod';
import { fail, type ControlAnswer } from '../control-answer.ts';
import type { EmulatorParts } from '../emulator-parts.ts';
import { isFields, textOf, type Fields } from '../fields.ts';
import { escapeText, mentionsBot, typedText } from '../mrkdwn.ts';
import { eventRequest, slashRequest } from './payloads.ts';
import { said } from './responses.ts';
import { forgerySchema } from '../payload/sign.ts';
import type { BotAnswer } from '../slack-line.ts';
import type { SlackChannel } from '../slack-state.ts';
import { channelCalled, slackPerson } from './surface.ts';
import { slackbot, slackTeam } from '../workspace.ts';

/** Somebody types something into a channel, a thread or their direct messages. */
export const saySchema = z.strictObject({
  as: slackPerson,
  /** `general`, `random`, `dm`, or an id. */
  channel: z.string().default('general'),
  text: z.string().min(1).max(40_000),
  thread_ts: z.string().optional(),
  forge: forgerySchema.optional(),
});

type Say = z.output<typeof saySchema>;

/** `POST /_slack/say`: a slash command, a mention, a direct message, or words that the bot doesn't receive. */
export async function say(parts: EmulatorParts, body: Say): Promise<ControlAnswer> {
  const { space } = parts;
  const channel = space.channel(channelCalled(body.channel, body.as, parts));
  if (!channel?.members.includes(body.as)) return fail(404, 'NoSuchChannel', 'No such channel.');
  if (channel.archived) return fail(409, 'IsArchived', 'The channel is archived.');
  if (body.thread_ts && !space.message(channel.id, body.thread_ts, body.as))
    return fail(404, 'NoSuchMessage', 'There is no such message to answer to.');
  if (/^\/\w/.test(body.text)) return slash(parts, { body, channel });
  return message(parts, { body, channel });
}

async function slash(
  parts: EmulatorParts,
  { body, channel }: { body: Say; channel: SlackChannel },
): Promise<ControlAnswer> {
  if (body.thread_ts)
    return fail(409, 'NotInThreads', `${body.text.split(' ')[0]} is not supported in threads. Sorry!`);
  const { space, triggers, hooks, line } = parts;
  const [command = '', ...words] = body.text.trim().split(/\s+/);
  const user = space.user(body.as);
  const interaction = { person: body.as, channel: channel.id };
  const request = slashRequest({
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text: escapeText(words.join(' ')),
    response_url: hooks.issue(interaction),
    trigger_id: triggers.issue({ person: body.as }),
  });
  const bot = await line.send(request, { ...(body.forge && { forgery: body.forge }) });
  showAnswer(parts, { body, channel, command, bot });
  return { status: 200, body: { kind: 'slash', channel: channel.id, bot } };
}

type Answered = { body: Say; channel: SlackChannel; command: string; bot: BotAnswer };

function showAnswer({ space }: EmulatorParts, { body, channel, command, bot }: Answered): void {
  const interaction = { person: body.as, channel: channel.id };
  if (bot.status !== 200) {
    const error = bot.status === 504 ? 'operation_timeout' : 'dispatch_failed';
    const text = `${command} failed with the error "${error}"`;
    space.add({ channel: channel.id, user: slackbot, text, onlyFor: body.as });
    return;
  }
  const answer: Fields = isFields(bot.body) ? bot.body : { text: bot.body ?? '' };
  if (answer['response_type'] === 'in_channel')
    space.add({ channel: channel.id, user: space.user(body.as).id, text: escapeText(body.text) });
  if (textOf(answer['text']) || answer['blocks']) said(space, { interaction, body: answer });
}

async function message(
  parts: EmulatorParts,
  { body, channel }: { body: Say; channel: SlackChannel },
): Promise<ControlAnswer> {
  const { space, line } = parts;
  const text = typedText(body.text, space);
  const user = space.user(body.as).id;
  const parent = body.thread_ts && (space.message(channel.id, body.thread_ts, body.as)?.threadTs ?? body.thread_ts);
  const said = space.add({ channel: channel.id, user, text, ...(parent && { threadTs: parent }) });
  const event = eventOf(channel, text);
  const answer = { channel: channel.id, ts: said.ts, thread_ts: parent ?? said.ts };
  if (!event || space.state.token !== 'live') return { status: 200, body: { kind: 'none', ...answer, bot: null } };
  const request = eventRequest(parts, {
    ...event,
    user,
    text,
    ts: said.ts,
    event_ts: said.ts,
    team: slackTeam.id,
    channel: channel.id,
    ...(parent && { thread_ts: parent }),
  });
  const bot = await line.send(request, { ...(body.forge && { forgery: body.forge }) });
  return { status: 200, body: { kind: event.type === 'message' ? 'message' : 'mention', ...answer, bot } };
}

/** The event that the app subscribes to: direct messages, and mentions where the bot is a member. */
function eventOf(channel: SlackChannel, text: string): ({ type: string } & Fields) | undefined {
  if (channel.kind === 'im') return { type: 'message', channel_type: 'im' };
  return channel.botIn && mentionsBot(text) ? { type: 'app_mention' } : undefined;
}
