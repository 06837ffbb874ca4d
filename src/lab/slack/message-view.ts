import type { Fields } from './fields.ts';
import { repliesTo, type SlackSpace } from './slack-space.ts';
import type { SlackMessage } from './slack-state.ts';
import { slackApp, slackbot, slackTeam } from './workspace.ts';

/** A message in the Web API and the payloads. Without `metadata` only its event's type is included. */
export function wireMessage(
  { state }: Pick<SlackSpace, 'state'>,
  message: SlackMessage,
  withMetadata = false,
): Fields & { ts: string } {
  const { ts, threadTs, user, text, blocks, attachments, editedTs, metadata, reactions } = message;
  const inThread = threadTs !== undefined && threadTs !== ts;
  if (message.deleted)
    return {
      type: 'message',
      subtype: 'tombstone',
      text: 'This message was deleted.',
      user: slackbot,
      hidden: true,
      ts,
      ...threadFields(state, message),
    };
  return {
    type: 'message',
    user,
    text,
    ts,
    team: slackTeam.id,
    ...(user === slackApp.userId && botFields),
    ...(message.broadcast && broadcastFields(state, message)),
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(inThread && { thread_ts: threadTs, parent_user_id: parentUser(state, message) }),
    ...(!inThread && threadFields(state, message)),
    ...(editedTs && { edited: { user, ts: editedTs } }),
    ...(metadata && { metadata: withMetadata ? metadata : { event_type: metadata['event_type'] } }),
    ...(reactions.length > 0 && { reactions: reactions.map((each) => ({ ...each, count: each.users.length })) }),
  };
}

/** As in Slack's event of that name: the reply says which message it is below. */
function broadcastFields(state: SlackSpace['state'], { channel, threadTs }: SlackMessage): Fields {
  const root = state.messages.find((each) => each.channel === channel && each.ts === threadTs);
  return { subtype: 'thread_broadcast', ...(root && { root: wireMessage({ state }, root) }) };
}

const botFields = {
  bot_id: slackApp.botId,
  app_id: slackApp.id,
  bot_profile: { id: slackApp.botId, app_id: slackApp.id, name: slackApp.name, team_id: slackTeam.id, deleted: false },
};

function threadFields(state: SlackSpace['state'], message: SlackMessage): Fields {
  const replies = repliesTo(state, message);
  const last = replies.at(-1);
  if (!last) return {};
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: last.ts,
    reply_users: users,
  };
}

function parentUser({ messages }: SlackSpace['state'], { channel, threadTs }: SlackMessage): string | undefined {
  return messages.find((each) => each.channel === channel && each.ts === threadTs)?.user;
}
