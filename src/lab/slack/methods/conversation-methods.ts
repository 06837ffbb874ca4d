import { textOf, type Fields } from '../fields.ts';
import { wireMessage } from '../message-view.ts';
import { repliesTo } from '../slack-space.ts';
import type { SlackMessage } from '../slack-state.ts';
import { directChannelId, slackTeam } from '../workspace.ts';
import {
  channelOf,
  isOn,
  isRefused,
  joinedChannelOf,
  refused,
  type Call,
  type Method,
  type MethodAnswer,
} from './method.ts';

const readsHistory = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];

/** conversations.*: where people and the bot talk, and what was said there. */
export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.open': { scopes: ['im:write', 'mpim:write'], run: open },
  'conversations.info': { scopes: ['channels:read', 'groups:read', 'im:read'], run: info },
  'conversations.members': { scopes: ['channels:read', 'groups:read', 'im:read'], run: members },
  'conversations.history': { scopes: readsHistory, run: history },
  'conversations.replies': { scopes: readsHistory, run: replies },
};

function open({ args, parts: { space } }: Call): MethodAnswer {
  const users = textOf(args['users']).split(',').filter(Boolean);
  const given = textOf(args['channel']);
  const direct = space.channel(given);
  if (given && direct?.kind !== 'im') return refused('channel_not_found');
  if (direct) return { ok: true, no_op: true, already_open: true, channel: { id: direct.id } };
  if (users.length === 0) return refused('users_list_not_supplied');
  if (users.length > 1) return refused('method_not_supported_for_channel_type');
  const key = space.personById(users[0] ?? '');
  if (!key) return refused('user_not_found');
  return space.user(key).deleted ? refused('user_disabled') : { ok: true, channel: { id: directChannelId(key) } };
}

function info(call: Call): MethodAnswer {
  const channel = channelOf(call);
  if (isRefused(channel)) return channel;
  const { id, name, kind, archived, botIn, members } = channel;
  const common = { id, is_archived: archived, is_im: kind === 'im', context_team_id: slackTeam.id };
  const own = members[0] && call.parts.space.user(members[0]).id;
  if (kind === 'im') return { ok: true, channel: { ...common, user: own } };
  return { ok: true, channel: { ...common, name, is_channel: true, is_private: false, is_member: botIn } };
}

function members(call: Call): MethodAnswer {
  const channel = channelOf(call);
  if (isRefused(channel)) return channel;
  const ids = channel.members.map((key) => call.parts.space.user(key).id);
  return { ok: true, members: ids, response_metadata: { next_cursor: '' } };
}

/** Newest first, and without thread replies. */
function history(call: Call): MethodAnswer {
  const channel = joinedChannelOf(call);
  if (isRefused(channel)) return channel;
  const { state } = call.parts.space;
  const isTop = (each: SlackMessage) =>
    each.threadTs === undefined || each.threadTs === each.ts || each.broadcast === true;
  const shown = state.messages.filter(
    (each) => each.channel === channel.id && isTop(each) && !each.onlyFor && isThere(call, each),
  );
  return paged(call, shown.toReversed());
}

/** The parent and its replies, oldest first. */
function replies(call: Call): MethodAnswer {
  const channel = joinedChannelOf(call);
  if (isRefused(channel)) return channel;
  const { state } = call.parts.space;
  const wanted = textOf(call.args['ts']);
  const first = state.messages.find(({ channel: id, ts, onlyFor }) => id === channel.id && ts === wanted && !onlyFor);
  if (!first || !isThere(call, first)) return refused('thread_not_found');
  return paged(call, [first, ...repliesTo(state, first)]);
}

function isThere({ parts: { space } }: Call, message: SlackMessage): boolean {
  return !message.deleted || repliesTo(space.state, message).length > 0;
}

function paged({ args, parts: { space } }: Call, all: SlackMessage[]): MethodAnswer {
  const inTime = all.filter(({ ts }) => isWithin(ts, args));
  const limit = Math.min(Number(args['limit'] ?? 100) || 100, 999);
  const from = Number(Buffer.from(textOf(args['cursor']), 'base64').toString().replace('next:', '')) || 0;
  const messages = inTime.slice(from, from + limit);
  const hasMore = from + limit < inTime.length;
  const cursor = hasMore ? Buffer.from(`next:${from + limit}`).toString('base64') : '';
  return {
    ok: true,
    messages: messages.map((each) => wireMessage(space, each, isOn(args['include_all_metadata']))),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: cursor } }),
  };
}

/** Timestamps have the same length, so they compare as texts. */
function isWithin(ts: string, args: Fields): boolean {
  const [oldest, latest] = [textOf(args['oldest']), textOf(args['latest'])];
  const inclusive = isOn(args['inclusive']);
  const late = !oldest || oldest === '0' || Number(ts) > Number(oldest) || (inclusive && ts === oldest);
  const early = !latest || Number(ts) < Number(latest) || (inclusive && ts === latest);
  return late && early;
}
