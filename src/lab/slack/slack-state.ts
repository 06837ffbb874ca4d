import type { Fields } from './fields.ts';
import {
  directChannelId,
  firstUsers,
  generalChannel,
  randomChannel,
  slackPersonKeys,
  type SlackPersonKey,
  type SlackUser,
} from './workspace.ts';

/** The content of a Slack message. */
export type SlackContent = { text: string; blocks?: Fields[]; attachments?: Fields[] };

/** One message. Its `ts` is its ID within its channel. */
export type SlackMessage = SlackContent & {
  ts: string;
  channel: string;
  threadTs?: string;
  /** A reply that is in the channel as well (`reply_broadcast`). */
  broadcast?: true;
  user: string;
  metadata?: Fields;
  /** When it was last changed. */
  editedTs?: string;
  reactions: { name: string; users: string[] }[];
  /** Only this person sees it, and no method of the Web API finds it. */
  onlyFor?: SlackPersonKey;
  /** It is deleted; a parent with replies stays as a tombstone. */
  deleted?: true;
  /** Its earlier contents, oldest first. */
  before: SlackContent[];
};

/** A channel, or a person's direct messages with the bot. */
export type SlackChannel = {
  id: string;
  name: string;
  kind: 'channel' | 'im';
  members: SlackPersonKey[];
  botIn: boolean;
  archived: boolean;
};

/** The inputs of a surface by block and action, each as Slack writes it in `state.values`. */
export type InputValues = Record<string, Record<string, Fields>>;

/** A modal that somebody has open, or somebody's home tab. */
export type SlackView = {
  id: string;
  person: SlackPersonKey;
  view: Fields;
  hash: string;
  rootId: string;
  previousId: string | null;
};

/** The token's state. */
type TokenState = 'live' | 'revoked' | 'uninstalled';

/** Everything that the emulator remembers across a restart. */
export type SlackState = {
  version: 1;
  /** The last issued timestamp, in microseconds, and the last ID. */
  lastMicros: number;
  lastId: number;
  token: TokenState;
  users: Record<SlackPersonKey, SlackUser>;
  channels: SlackChannel[];
  messages: SlackMessage[];
  /** Open modals; those of one person are a stack, the last one on top. */
  modals: SlackView[];
  homes: Partial<Record<SlackPersonKey, SlackView>>;
  /** What people have typed and not sent yet, by person and surface. */
  drafts: Record<string, InputValues>;
};

/** A workspace without messages. */
export function emptySlackState(): SlackState {
  const channel = { kind: 'channel' as const, members: [...slackPersonKeys], archived: false };
  const direct = slackPersonKeys.map((key) => ({
    id: directChannelId(key),
    name: key,
    kind: 'im' as const,
    members: [key],
    botIn: true,
    archived: false,
  }));
  return {
    version: 1,
    lastMicros: 0,
    lastId: 0,
    token: 'live',
    users: firstUsers(),
    channels: [
      { ...generalChannel, ...channel, botIn: true },
      { ...randomChannel, ...channel, botIn: false },
      ...direct,
    ],
    messages: [],
    modals: [],
    homes: {},
    drafts: {},
  };
}
