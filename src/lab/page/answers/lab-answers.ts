/** What the lab's server answers, as the page reads it. */
import type { Changes } from '../../changes.ts';
import type { conversationsView, conversationView, messageView } from '../../control/views.ts';
import type { PersonKey } from '../../people.ts';
import type { LabParts } from '../../teams/lab-parts.ts';
import type { Traffic } from '../../traffic.ts';

/** A card's JSON, as far as the page reads it before the renderer does. */
export type CardJson = {
  readonly fallbackText?: string;
  readonly lang?: string;
  readonly msteams?: { readonly entities?: readonly unknown[]; readonly width?: string };
};

/** A message of the Teams side. */
export type MessageView = Omit<ReturnType<typeof messageView>, 'card' | 'more' | 'attachments'> & {
  readonly card?: CardJson;
  readonly more: readonly CardJson[];
};

/** A place of the Teams side with its messages. */
export type PlaceView = Omit<ReturnType<typeof conversationView>, 'messages'> & { readonly messages: MessageView[] };

type Listed = ReturnType<typeof conversationsView>[number];
/** The channel with its threads. */
type TeamsChannel = Extract<Listed, { team: string }>;
/** The reader's chat with the bot, and the channel. */
export type Conversations = readonly [Exclude<Listed, TeamsChannel>, TeamsChannel];

/** The commands that the page suggests. */
export type Commands = LabParts['commands'];

/** Who there is, on the Teams side. */
export type Cast = {
  readonly people: readonly { readonly key: PersonKey; readonly name: string }[];
  readonly commands: Commands;
  readonly hasSlack: boolean;
};

/** One request between the lab and the bot. */
export type Exchange = ReturnType<Traffic['since']>[number];

/** What the stream of events tells. */
export type Change = Parameters<Changes['tell']>[0];

/** A choice that the bot found. */
export type FoundChoice = { readonly title: string; readonly value: string };

/** What each GET of the lab's API answers. */
export type LabReads = {
  readonly people: Cast;
  readonly conversations: { readonly conversations: Conversations; readonly locale: string };
  readonly activities: { readonly activities: Exchange[] };
  readonly [conversation: `conversations/${string}`]: PlaceView;
};

/** What each POST of the lab's API answers. */
export type LabWrites = {
  readonly open: unknown;
  readonly say: { readonly conversation: string };
  readonly press: unknown;
  readonly search: { readonly results: FoundChoice[] };
  readonly reset: unknown;
};
