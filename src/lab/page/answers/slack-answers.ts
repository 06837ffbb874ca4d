/** What the emulator's control API answers, as the page reads it. */
import type { SlackChannel } from '../../slack/slack-state.ts';
import type { SlackUser } from '../../slack/workspace.ts';
import type { Commands, Exchange } from './lab-answers.ts';
import type { Block, InputValues, Option, TextObject } from './block-kit.ts';

/** A place of the Slack side, as its list of places has it. */
export type SlackPlace = Pick<SlackChannel, 'id' | 'name' | 'kind' | 'archived' | 'botIn'> & {
  readonly last?: string;
  readonly threads: readonly { readonly ts: string; readonly text: string; readonly last?: string }[];
};

/** A message of the Slack side. */
export type SlackMessageView = {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** A person's key, or `bot` or `slackbot`. */
  readonly from: string;
  readonly text: string;
  readonly blocks: Block[];
  readonly values: InputValues;
  readonly edited: string | null;
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly deleted: boolean;
  readonly broadcast: boolean;
  readonly onlyYou: boolean;
  readonly replies: number;
};

/** A modal or a home tab. */
export type SlackViewShown = {
  readonly id: string;
  readonly title: TextObject;
  readonly submit: TextObject | null;
  readonly close: TextObject | null;
  readonly blocks: Block[];
  readonly state: { readonly values: InputValues };
};

/** A channel or a thread with its messages. */
export type SlackSeen = {
  readonly channel: Omit<SlackPlace, 'last' | 'threads'>;
  readonly messages: SlackMessageView[];
};

/** Somebody of the workspace. */
type SlackPerson = SlackUser & { readonly key: string };

/** Who there is, on the Slack side. */
export type SlackCast = {
  readonly people: readonly SlackPerson[];
  readonly app: { readonly userId: string; readonly name: string };
  readonly commands: Commands;
};

/** What each GET of the emulator's control API answers. */
export type SlackReads = {
  readonly people: SlackCast;
  readonly conversations: { readonly conversations: readonly SlackPlace[]; readonly installation: string };
  readonly messages: SlackSeen;
  readonly views: { readonly modals: readonly SlackViewShown[]; readonly home: SlackViewShown | null };
  readonly requests: { readonly requests: Exchange[] };
};

/** What the bot was told and how it answered. */
export type Told = { readonly bot?: { readonly status: number } | null };
/** The options that the bot found, and what Slack would find wrong with them. */
export type Suggested = { readonly asked: boolean; readonly options?: Option[]; readonly problems?: readonly string[] };
/** What became of a modal that was sent. */
export type Outcome = { readonly shown: string; readonly errors?: Readonly<Record<string, string>> };

/** What each POST of the emulator's control API answers. */
export type SlackWrites = {
  readonly press: Told;
  readonly suggest: Suggested;
  readonly submit: Outcome;
  readonly say: Told;
} & { readonly [Path in 'close' | 'open' | 'channel' | 'person' | 'reset']: unknown };
