import { ChatFault, type ChatSender, type Destination, type OutgoingMessage } from '../bot/port.ts';
import type { Log } from '../core/log.ts';
import { withAsides } from './aside.ts';
import { channelPace } from './channel-pace.ts';
import { addressSchema, conversationSeen, type SlackAddress } from './conversation-seen.ts';
import { createReact, type Reaction } from './reaction.ts';
import { findPosted, metadataOf } from './find-posted.ts';
import { messageSender, type SendMessage } from './send-message.ts';
import type { Respond } from './response-url.ts';
import type { ApiOf } from './web-api.ts';

/** Sends to Slack; it also finds what it posted, opens direct messages, and knows the thread below a message. */
export type SlackSender = ChatSender &
  Required<Pick<ChatSender, 'openPersonal' | 'find' | 'threadBelow' | 'channelOf' | 'rootOf' | 'rateLimitDelay'>> & {
    /** Marks a message with its progress. A refusal by Slack isn't a fault. */
    react(to: Pick<Destination, 'address'>, asked: string, is: Reaction): Promise<void>;
  };

/** What a sender needs. `editGapMs`: the minimum time between two edits in one channel. */
type SlackSenderOptions = {
  readonly apiOf: ApiOf;
  readonly respond: Respond;
  readonly editGapMs: number;
  readonly log: Pick<Log, 'warn'>;
};

const quiet = { unfurl_links: false, unfurl_media: false };

/** A sender over the Web API: one HTTP request for each call, never repeated. */
export function createSlackSender({ apiOf, respond, editGapMs, log }: SlackSenderOptions): SlackSender {
  const send = messageSender(apiOf, log);
  const pace = channelPace(editGapMs);
  const react = createReact(apiOf);
  const sender: SlackSender = {
    ...threads,
    post: async (to, drawn, key) => post(send, { address: addressOf(to, 'posting a message in Slack'), drawn, key }),
    postPrivately: async (to, drawn, ...[person, about = []]) =>
      postPrivately(send, { address: whereSeen(addressOf(to, 'posting'), about), drawn, person }),
    async edit(to, ts, drawn) {
      const doing = 'editing a message in Slack';
      const { team, channel } = addressOf(to, doing);
      try {
        await send({ team, doing, drawn }, (client, parts) => client.chat.update({ ...parts, channel, ts }));
      } finally {
        pace.sent(placeOf({ team, channel }));
      }
    },
    async remove(to, ts) {
      const doing = 'removing a message in Slack';
      const { team, channel } = addressOf(to, doing);
      await apiOf(team)(doing, (client) => client.chat.delete({ channel, ts }));
    },
    linkTo: async (to, message_ts) => {
      const { team, channel } = addressOf(to, 'linking to a message');
      const { permalink } = await apiOf(team)('linking to a message in Slack', (client) =>
        client.chat.getPermalink({ channel, message_ts }),
      );
      return permalink ?? null;
    },
    openPersonal: async (by, person) => openPersonal(apiOf, addressOf(by, 'opening a direct message'), person),
    find: async (to, key) => findPosted(apiOf, addressOf(to, 'looking for a message'), key),
    rateLimitDelay: (to) => pace.take(placeOf(addressOf(to, 'pacing'))),
    react: async ({ address }, ts, is) => {
      const at = addressSchema.safeParse(address).data;
      if (at) await react({ team: at.team, channel: at.channel, ts }, is);
    },
  };
  return withAsides(sender, respond);
}

/** What is below a message, and above a thread. */
const threads: Pick<SlackSender, 'threadBelow' | 'channelOf' | 'rootOf'> = {
  threadBelow: (to, messageId) => {
    const { team, channel } = addressOf(to, 'opening a thread');
    return conversationSeen({ team, channel, thread: messageId });
  },
  channelOf: (to) => {
    const { team, channel } = addressOf(to, 'looking for the channel of a thread');
    return conversationSeen({ team, channel, thread: null });
  },
  rootOf: (to) => {
    const { team, channel, thread } = addressOf(to, 'looking for what a thread stands below');
    if (thread === null) return null;
    return { conversation: conversationSeen({ team, channel, thread: null }).id, messageId: thread };
  },
};

type Posting = { readonly address: SlackAddress; readonly drawn: OutgoingMessage; readonly key: string };

async function post(send: SendMessage, { address, drawn, key }: Posting): Promise<{ readonly id: string }> {
  const doing = 'posting a message in Slack';
  const { team, channel, thread } = address;
  const body = { ...quiet, metadata: metadataOf(key) };
  const posted = await send({ team, doing, drawn }, (client, parts) =>
    // Slack accepts `reply_broadcast` only together with a thread.
    drawn.broadcast && thread !== null
      ? client.chat.postMessage({ channel, thread_ts: thread, reply_broadcast: true, ...body, ...parts })
      : client.chat.postMessage({ ...place(address), ...body, ...parts }),
  );
  return idOf(posted, doing);
}

/**
 * Where a private answer is seen. What answers a message of the channel itself is beside that message: Slack shows a
 * private message in a thread only if the thread has begun (https://docs.slack.dev/reference/methods/chat.postEphemeral).
 */
function whereSeen(address: SlackAddress, about: readonly string[]): SlackAddress {
  return address.thread !== null && about.includes(address.thread) ? { ...address, thread: null } : address;
}

type Whisper = { readonly address: SlackAddress; readonly drawn: OutgoingMessage; readonly person: string };

/**
 * A direct message has no other readers. If a channel doesn't accept a private message, there are still direct
 * messages.
 */
async function postPrivately(send: SendMessage, { address, drawn, person }: Whisper): Promise<{ readonly id: string }> {
  const doing = 'posting a private message in Slack';
  const { team } = address;
  const body = place(address);
  if (address.kind === 'personal') {
    const posted = await send({ team, doing, drawn }, (client, parts) =>
      client.chat.postMessage({ ...body, ...quiet, ...parts }),
    );
    return idOf(posted, doing);
  }
  try {
    const call = { ...body, user: person };
    return idOf(
      await send({ team, doing, drawn }, (client, parts) => client.chat.postEphemeral({ ...call, ...parts })),
      doing,
    );
  } catch (fault) {
    if (fault instanceof ChatFault && fault.kind === 'blocked') throw new ChatFault({ kind: 'refused', doing });
    throw fault;
  }
}

async function openPersonal(apiOf: ApiOf, { team }: SlackAddress, person: string): Promise<Destination> {
  const doing = 'opening a direct message in Slack';
  const { channel } = await apiOf(team)(doing, (client) => client.conversations.open({ users: person }));
  if (!channel?.id) throw new ChatFault({ kind: 'refused', doing: `${doing}, which was answered without an id` });
  const { id, platform, address } = conversationSeen({ team, channel: channel.id, thread: null });
  return { id, platform, address };
}

function addressOf({ address }: Pick<Destination, 'address'>, doing: string): SlackAddress {
  const parsed = addressSchema.safeParse(address);
  if (!parsed.success) throw new ChatFault({ kind: 'refused', doing: `${doing} at an address that is none of Slack` });
  return parsed.data;
}

/** Slack rate-limits each channel of a workspace. */
function placeOf({ team, channel }: Pick<SlackAddress, 'team' | 'channel'>): string {
  return `${team}/${channel}`;
}

function place({ channel, thread }: SlackAddress) {
  return { channel, ...(thread !== null && { thread_ts: thread }) };
}

/**
 * The id of the new message. Without one the message exists but can never be edited; posting it again would duplicate
 * it.
 */
function idOf(answer: { ts?: string; message_ts?: string }, doing: string): { readonly id: string } {
  const id = answer.ts ?? answer.message_ts;
  if (!id) throw new ChatFault({ kind: 'refused', doing: `${doing}, which was answered without an id` });
  return { id };
}
