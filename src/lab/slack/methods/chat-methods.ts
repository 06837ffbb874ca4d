import { textOf } from '../fields.ts';
import { wireMessage } from '../message-view.ts';
import { repliesTo } from '../slack-space.ts';
import type { SlackChannel, SlackMessage } from '../slack-state.ts';
import { slackApp } from '../workspace.ts';
import { contentFrom, metadataFrom } from './message-content.ts';
import { channelOf, isOn, isRefused, openChannelOf, refused, type Call, type Method, type Refused } from './method.ts';

/** chat.*: what the bot posts, edits and deletes. */
export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': { scopes: ['chat:write'], perChannel: true, run: postMessage },
  'chat.postEphemeral': { scopes: ['chat:write'], run: postEphemeral },
  'chat.update': { scopes: ['chat:write'], perChannel: true, run: update },
  'chat.delete': { scopes: ['chat:write'], run: remove },
  'chat.getPermalink': { scopes: [], run: permalink },
};

function postMessage(call: Call) {
  const { space } = call.parts;
  const channel = openChannelOf(call);
  if (isRefused(channel)) return channel;
  const content = contentFrom(call.args, 'post');
  if (isRefused(content)) return content;
  const metadata = metadataFrom(call.args);
  if (isRefused(metadata)) return metadata;
  const thread = threadFrom(call, channel);
  if (isRefused(thread)) return thread;
  // Slack reads `reply_broadcast` only together with `thread_ts`.
  const broadcast = thread.threadTs !== undefined && isOn(call.args['reply_broadcast']) && { broadcast: true as const };
  const said = { channel: channel.id, user: slackApp.userId, ...content, ...metadata, ...thread, ...broadcast };
  const message = space.add(said);
  return { ok: true as const, channel: channel.id, ts: message.ts, message: wireMessage(space, message, true) };
}

/**
 * The thread that is answered. If its parent is gone, real Slack has been seen doing either, so it is a setting: a
 * refusal, or a message in the channel without a thread.
 */
function threadFrom({ args, parts }: Call, channel: SlackChannel): { threadTs?: string } | Refused {
  const wanted = textOf(args['thread_ts']);
  if (wanted === '') return {};
  const { state } = parts.space;
  const found = state.messages.find((each) => each.channel === channel.id && each.ts === wanted && !each.onlyFor);
  const parent = found?.threadTs === undefined ? found : state.messages.find(({ ts }) => ts === found.threadTs);
  if (parent && (!parent.deleted || repliesTo(state, parent).length > 0)) return { threadTs: parent.ts };
  return parts.settings.deletedParent === 'unthread' ? {} : refused('thread_not_found');
}

function postEphemeral(call: Call) {
  const { space } = call.parts;
  const channel = openChannelOf(call);
  if (isRefused(channel)) return channel;
  const onlyFor = space.personById(textOf(call.args['user']));
  if (!onlyFor || !channel.members.includes(onlyFor)) return refused('user_not_in_channel');
  const content = contentFrom(call.args, 'post');
  if (isRefused(content)) return content;
  const threadTs = textOf(call.args['thread_ts']);
  const thread = threadTs ? { threadTs } : {};
  // "Ephemeral messages in threads are only shown if there is already an active thread", and accepted in any case:
  // https://docs.slack.dev/reference/methods/chat.postEphemeral.
  const isShown = threadTs === '' || repliesTo(space.state, { channel: channel.id, ts: threadTs }).length > 0;
  const said = { channel: channel.id, user: slackApp.userId, onlyFor, ...content, ...thread };
  return { ok: true as const, message_ts: isShown ? space.add(said).ts : space.nextTs() };
}

function update(call: Call) {
  const { space } = call.parts;
  const found = ownMessage(call, 'cant_update_message');
  if (isRefused(found)) return found;
  const content = contentFrom(call.args, 'edit');
  if (isRefused(content)) return content;
  const metadata = metadataFrom(call.args);
  if (isRefused(metadata)) return metadata;
  Object.assign(found, metadata);
  space.edit(found, content);
  const { channel, ts } = found;
  return { ok: true as const, channel, ts, text: content.text, message: wireMessage(space, found, true) };
}

function remove(call: Call) {
  const found = ownMessage(call, 'cant_delete_message');
  if (isRefused(found)) return found;
  call.parts.space.remove(found);
  return { ok: true as const, channel: found.channel, ts: found.ts };
}

function ownMessage(call: Call, otherwise: string): SlackMessage | Refused {
  const channel = channelOf(call);
  if (isRefused(channel)) return channel;
  if (channel.archived) return refused('is_inactive');
  if (!channel.botIn) return refused('not_in_channel');
  const found = call.parts.space.message(channel.id, textOf(call.args['ts']));
  if (!found) return refused('message_not_found');
  return found.user === slackApp.userId ? found : refused(otherwise);
}

function permalink(call: Call) {
  const channel = channelOf(call);
  if (isRefused(channel)) return channel;
  const ts = textOf(call.args['message_ts']);
  if (!call.parts.space.message(channel.id, ts)) return refused('message_not_found');
  const permalink = `https://contoso.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
  return { ok: true as const, channel: channel.id, permalink };
}
