import { textOf } from '../fields.ts';
import type { SlackMessage } from '../slack-state.ts';
import { slackApp } from '../workspace.ts';
import {
  isRefused,
  joinedChannelOf,
  refused,
  type Call,
  type Method,
  type MethodAnswer,
  type Refused,
} from './method.ts';

/** reactions.*: the bot's emoji on a message. */
export const reactionMethods: Readonly<Record<string, Method>> = {
  'reactions.add': { scopes: ['reactions:write'], run: (call) => reacted(call, add) },
  'reactions.remove': { scopes: ['reactions:write'], run: (call) => reacted(call, remove) },
  'reactions.get': { scopes: ['reactions:read'], run: get },
};

function reacted(call: Call, change: (message: SlackMessage, name: string) => Refused | undefined): MethodAnswer {
  const name = textOf(call.args['name']).replace(/^:|:$/g, '');
  if (!/^[\p{L}\p{N}_+'-]+(::skin-tone-[2-6])?$/u.test(name)) return refused('invalid_name');
  const found = messageOf(call);
  if (isRefused(found)) return found;
  const refusal = change(found, name);
  if (refusal) return refusal;
  call.parts.space.changed({ channel: found.channel, id: found.ts });
  return { ok: true };
}

function messageOf(call: Call): SlackMessage | Refused {
  const ts = textOf(call.args['timestamp']);
  if (ts === '') return refused('no_item_specified');
  if (!/^\d+\.\d+$/.test(ts)) return refused('bad_timestamp');
  const channel = joinedChannelOf(call);
  if (isRefused(channel)) return channel;
  if (channel.archived) return refused('is_archived');
  return call.parts.space.message(channel.id, ts) ?? refused('message_not_found');
}

function add(message: SlackMessage, name: string): Refused | undefined {
  const present = message.reactions.find((each) => each.name === name);
  if (present?.users.includes(slackApp.userId)) return refused('already_reacted');
  if (present) present.users.push(slackApp.userId);
  else message.reactions.push({ name, users: [slackApp.userId] });
  return undefined;
}

function remove(message: SlackMessage, name: string): Refused | undefined {
  const present = message.reactions.find((each) => each.name === name);
  if (!present?.users.includes(slackApp.userId)) return refused('no_reaction');
  present.users = present.users.filter((each) => each !== slackApp.userId);
  message.reactions = message.reactions.filter(({ users }) => users.length > 0);
  return undefined;
}

function get(call: Call): MethodAnswer {
  const found = messageOf(call);
  if (isRefused(found)) return found;
  const { ts, channel, text, reactions } = found;
  return { ok: true, type: 'message', channel, message: { type: 'message', ts, text, reactions } };
}
