import { z } from 'zod';
import { fail, type ControlAnswer } from './control-answer.ts';
import type { EmulatorParts } from './emulator-parts.ts';
import { listOf, type Fields } from './fields.ts';
import { valuesOf } from './payload/input-state.ts';
import { repliesTo } from './slack-space.ts';
import type { SlackMessage, SlackView } from './slack-state.ts';
import { channelCalled, slackPerson } from './interactions/surface.ts';
import { draftKey, wireView } from './wire-view.ts';
import { slackApp, slackbot, slackTeam, type SlackPersonKey } from './workspace.ts';

/** Who looks. */
export const lookSchema = z.object({ as: slackPerson });

/**
 * What one person sees of a channel, or of one of its threads; `since`: only messages after this timestamp;
 * `history`: also what they were before their edits.
 */
export const messagesSchema = z.object({
  as: slackPerson,
  channel: z.string(),
  thread: z.string().optional(),
  since: z.string().default(''),
  history: z.enum(['all', 'none']).default('none'),
});

/** From which version of the traffic log. */
export const sinceSchema = z.object({ since: z.coerce.number().int().default(0) });

/** `GET /_slack/people`. */
export function peopleView({ space, commands }: EmulatorParts): ControlAnswer {
  const people = Object.entries(space.state.users).map(([key, user]) => ({ key, ...user }));
  return { status: 200, body: { people, team: slackTeam, app: slackApp, commands } };
}

/** `GET /_slack/conversations`: the person's direct messages and the channels, with their threads, newest first. */
export function conversationsView({ space }: EmulatorParts, { as }: z.output<typeof lookSchema>): ControlAnswer {
  const mine = space.state.channels.filter(({ members }) => members.includes(as));
  const conversations = mine.map((channel) => {
    const seen = visible(space.state.messages, { as, channel: channel.id });
    const threads = seen
      .filter((each) => each.threadTs === undefined && repliesSeen(seen, each).length > 0)
      .map((each) => ({
        ts: each.ts,
        text: each.deleted ? '' : each.text,
        replies: repliesSeen(seen, each).length,
        last: repliesSeen(seen, each).at(-1)?.ts,
      }))
      .toSorted((one, other) => Number(other.last) - Number(one.last));
    const { id, name, kind, archived, botIn } = channel;
    return { id, name, kind, archived, botIn, last: seen.at(-1)?.ts, threads };
  });
  return { status: 200, body: { conversations, installation: space.state.token } };
}

/** `GET /_slack/messages`: what one person sees, oldest first, including ephemeral messages and tombstones. */
export function messagesView(
  parts: EmulatorParts,
  { as, channel, thread, since, history }: z.output<typeof messagesSchema>,
): ControlAnswer {
  const { space } = parts;
  const id = channelCalled(channel, as, parts);
  const found = space.channel(id);
  if (!found?.members.includes(as)) return fail(404, 'NoSuchChannel', 'No such channel.');
  const all = visible(space.state.messages, { as, channel: id });
  const seen = thread
    ? all.filter((each) => each.ts === thread || each.threadTs === thread)
    : all.filter((each) => each.threadTs === undefined || each.ts === each.threadTs || each.broadcast);
  const { name, kind, archived, botIn } = found;
  const messages = seen.filter(({ ts }) => ts > since).map((each) => messageView(parts, { as, history }, each));
  return { status: 200, body: { channel: { id, name, kind, archived, botIn }, messages } };
}

/** `GET /_slack/views`: a person's open modals, the last one on top, and their home tab. */
export function viewsView({ space }: EmulatorParts, { as }: z.output<typeof lookSchema>): ControlAnswer {
  const { state } = space;
  const shown = (view: SlackView) => wireView(state, view);
  const home = state.homes[as];
  const modals = state.modals.filter(({ person }) => person === as).map(shown);
  return { status: 200, body: { modals, home: home ? shown(home) : null } };
}

type Seeing = Pick<z.output<typeof messagesSchema>, 'as' | 'history'>;

/** A message as one person sees it. */
function messageView({ space }: EmulatorParts, { as, history }: Seeing, message: SlackMessage): Fields {
  const { ts, channel, threadTs, user, text, blocks, attachments, editedTs, metadata, reactions, onlyFor } = message;
  const typed = space.state.drafts[draftKey(as, `${channel}/${ts}`)] ?? {};
  const replies = repliesTo(space.state, message);
  return {
    ts,
    channel,
    thread_ts: threadTs ?? null,
    user,
    from: space.personById(user) ?? (user === slackbot ? 'slackbot' : 'bot'),
    text: message.deleted ? '' : text,
    blocks: message.deleted ? [] : (blocks ?? []),
    attachments: attachments ?? [],
    values: valuesOf(listOf(blocks), typed),
    edited: editedTs ?? null,
    metadata: metadata ?? null,
    reactions,
    deleted: message.deleted ?? false,
    broadcast: message.broadcast ?? false,
    onlyYou: onlyFor === as,
    replies: replies.length,
    edits: message.before.length,
    before: history === 'all' ? message.before : [],
  };
}

function visible(
  messages: readonly SlackMessage[],
  { as, channel }: { as: SlackPersonKey; channel: string },
): SlackMessage[] {
  const own = messages.filter(
    (each) => each.channel === channel && (each.onlyFor === undefined || each.onlyFor === as),
  );
  return own.filter((each) => !each.deleted || own.some((reply) => reply.threadTs === each.ts && !reply.deleted));
}

function repliesSeen(seen: readonly SlackMessage[], { ts }: SlackMessage): SlackMessage[] {
  return seen.filter((each) => each.threadTs === ts && each.ts !== ts);
}
