/** The port between the product and a chat platform. A platform verifies, translates and sends; it decides nothing. */
import type { Json } from '../core/json.ts';
import type { Locale, Person } from '../core/person.ts';
import type { Mark, SheetData } from '../message/card-data.ts';
import type { Mentioned } from '../core/mentions.ts';

/** The supported platforms. */
export type PlatformName = 'teams' | 'slack';

/**
 * Where a conversation takes place. `id` is unique across platforms (`teams:<conversation id>`); `address` is what the
 * platform needs to send there later, and is opaque to everything else. A channel thread is a conversation of its own.
 */
export type ConversationSeen = {
  readonly id: string;
  readonly platform: PlatformName;
  readonly kind: 'personal' | 'group' | 'channel';
  /** The channel's id for settings (a thread's channel); null in personal chats. */
  readonly channel: string | null;
  readonly address: Json;
  /** A command was given outside any thread: what starts here continues below a message of the bot. */
  readonly opensThread?: boolean;
  /** Messages there can be read but their buttons don't work: nothing is started from there. */
  readonly onlyShows?: boolean;
};

/** What a person did. `data` and `inputs` of a click are the client's claims and are checked as such. */
export type InboundEvent =
  | { readonly kind: 'text'; readonly text: string; readonly private: boolean }
  | {
      readonly kind: 'click';
      readonly messageId: string | null;
      readonly verb: string;
      readonly data: unknown;
      readonly inputs: Readonly<Record<string, unknown>>;
      /** It was sent from a form that stays open for the person who filled it in: errors are shown at the fields. */
      readonly inForm?: true;
    }
  | { readonly kind: 'installed' }
  | { readonly kind: 'removed' };

/** One verified event. `key` is the same for each delivery of the same event, and for no other. */
export type Inbound = {
  readonly key: string;
  readonly conversation: ConversationSeen;
  readonly person: Person;
  readonly reader: { readonly locale: Locale; readonly timeZone: string | null };
  /** The message with the question, on which the platform can show progress. */
  readonly asked?: string;
  /** Where the person who asked can be answered privately, even if the bot isn't a member of the conversation. */
  readonly aside?: ConversationSeen;
  readonly event: InboundEvent;
};

/** How a request ended: successfully, or with something that needs attention. */
export type End = 'done' | 'failed';

/** What an operation does on a VM, by the VM's key: the kinds of its parts that are done, and of those that aren't. */
export type DoesOnVm = { readonly vm: string; readonly done: readonly string[]; readonly open: readonly string[] };

/** A message to send: a card or plain text, what a notification shows, and who is mentioned. */
export type OutgoingMessage = {
  /** Its card, which a platform draws when it sends it. Absent: plain text, or the previous release stored it. */
  readonly sheet?: SheetData;
  /** Nothing of the card is real: Azure is the simulator. */
  readonly simulated?: true;
  /** The card as the previous release stores and reads it, an Adaptive Card; null: plain text. */
  readonly card: Json | null;
  /** Plain text: the message itself if there is no card, otherwise the fallback. */
  readonly text: string;
  readonly summary: string;
  /** People named in `text` by `mentionTag`, in this order. */
  readonly mentions: readonly Mentioned[];
  /** People who are mentioned above the card when it is posted: an edit notifies nobody. */
  readonly rings?: readonly { readonly id: string; readonly name: string }[];
  /** The ID of a message in the same conversation that has to show its newest state first. */
  readonly after?: string;
  /** The title of a link to that message, if the platform has links to messages. */
  readonly linksAs?: string;
  /** A link at the end of a message without a card. */
  readonly link?: { readonly title: string; readonly url: string };
  /** How the request ended, if a platform can show that on the question itself. Absent: it continues. */
  readonly ends?: End;
  /** The icon of the card's verdict; `summary` is that verdict in one line. */
  readonly mark?: Mark;
  /** What the card's operation does, by VM; absent: it shows none. A later card in its thread may repeat that. */
  readonly does?: readonly DoesOnVm[];
  /** It concerns more people than those who follow the thread: a platform with threads also shows it in the channel. */
  readonly broadcast?: true;
  /** The type-ahead sources of that card's lists, by the ID of the input. */
  readonly searches?: Readonly<Record<string, string>>;
  /** The card's language, for the few words that a platform adds to it. */
  readonly locale?: Locale;
};

/**
 * The platform's immediate answer. `card` replaces the clicked card for the person who clicked; if a platform shows
 * everybody the same card, that comes through the outbox, and the person gets only the `note`. `form` is a card that
 * asks only the person who clicked: everybody else keeps the shared one. `fields`: the errors in a form, by the input's
 * ID; nothing was changed.
 */
export type Answer =
  | { readonly show: 'nothing' }
  | { readonly show: 'card'; readonly drawn: OutgoingMessage; readonly note?: string }
  | { readonly show: 'form'; readonly drawn: OutgoingMessage }
  | { readonly show: 'text'; readonly text: string; readonly code: string | null; readonly fields?: FieldNotes };

/** Notes on the inputs of a form, by their IDs. */
type FieldNotes = Readonly<Record<string, string>>;

/** What a platform calls for each verified event. It resolves only when everything is in the database. */
export type Receive = (inbound: Inbound) => Promise<Answer>;

/** Answers a type-ahead from the inventory, for people who can view. */
export type Suggest = (query: {
  readonly dataset: string;
  /** The card's own choices, if they come from there instead of a dataset. */
  readonly own?: readonly { readonly title: string; readonly value: string }[];
  readonly text: string;
  readonly limit: number;
  /** Who is typing, if the platform says so; nobody gets nothing. */
  readonly by?: Person;
}) => Promise<readonly { readonly title: string; readonly value: string }[]>;

/** How a sign-in ended; `taken`: that person is already linked to another member. */
export type Linked =
  | { readonly end: 'linked'; readonly name: string }
  | { readonly end: 'taken' | 'failed' | 'expired' };

/**
 * The sign-in that links a member of a platform to a person in Entra. It starts with a ticket that only the member was
 * given; a ticket works once, within ten minutes.
 */
export type Linking = {
  /** The member a ticket would link; null if it can no longer be used. Reading it doesn't use it up. */
  holder(ticket: string): Promise<{ readonly platformId: string; readonly name: string } | null>;
  /** Where the person signs in; null if the ticket can no longer be used. */
  begin(ticket: string): Promise<string | null>;
  /** Takes the result of the sign-in, and uses the ticket up. */
  finish(ticket: string, answer: URL): Promise<Linked>;
};

/** A conversation to send to, as it was seen and stored. */
export type Destination = { readonly id: string; readonly platform: PlatformName; readonly address: Json };

/**
 * Sends to a platform. Each call is one attempt with a time-out; it throws `ChatFault` and never retries on its own.
 */
export type ChatSender = {
  /** Posts a new message; `key` is the message's own ID, with which a platform, if it can, finds a lost post again. */
  post(to: Destination, drawn: OutgoingMessage, key: string): Promise<{ readonly id: string }>;
  /** Posts a message that only `person` sees. `about`: the messages it answers, which they wrote or pressed on. */
  postPrivately(
    to: Destination,
    drawn: OutgoingMessage,
    person: string,
    about?: readonly string[],
  ): Promise<{ readonly id: string }>;
  /** Opens the personal chat with a member of `by`, for what couldn't be said privately there. */
  openPersonal?(by: Destination, person: string): Promise<Destination>;
  edit(to: Destination, messageId: string, drawn: OutgoingMessage): Promise<void>;
  remove(to: Destination, messageId: string): Promise<void>;
  /** The message that an earlier post with this key created, if the platform can tell; null: there is none. */
  find?(to: Destination, key: string): Promise<{ readonly id: string } | null>;
  /** The conversation below a message of the bot, if a channel has threads. */
  threadBelow?(to: Destination, messageId: string): ConversationSeen;
  /** The channel of a conversation, outside any thread, if a channel has threads. */
  channelOf?(to: Destination): ConversationSeen;
  /** The message below which a conversation takes place, and the conversation that is in; null if there is none. */
  rootOf?(to: Destination): { readonly conversation: string; readonly messageId: string } | null;
  /** A link to a message, for another one in the same place; null if there is none. */
  linkTo?(to: Destination, messageId: string): Promise<string | null>;
  /** Sets a reaction on the question to show its state. Never throws: a reaction mustn't disturb the work. */
  react?(to: Destination, asked: string, is: End | 'working'): Promise<void>;
  /** Shows that an answer is in progress, if the platform has an indicator for that; the next message ends it. */
  typing?(to: Destination): Promise<void>;
  /** For how many milliseconds an edit has to wait because of earlier sends to the same place; 0 takes the slot. */
  rateLimitDelay?(to: Destination): number;
};

/**
 * Why a send failed: `throttled` and `unavailable` pass, `gone` ends the message, `blocked` ends the conversation,
 * `refused` is a message that the platform will never accept.
 */
export type ChatFaultKind = 'throttled' | 'unavailable' | 'gone' | 'blocked' | 'refused';

/** A send that failed, mapped once in the platform's folder. It carries no body and no token. */
export class ChatFault extends Error {
  readonly kind: ChatFaultKind;
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** The platform's own code, if it has one. */
  readonly code: string | null;

  constructor(facts: {
    kind: ChatFaultKind;
    doing: string;
    status?: number | null;
    retryAfterMs?: number | null;
    code?: string | null;
  }) {
    super(`${facts.doing}: ${facts.kind}${facts.status ? ` (HTTP ${facts.status})` : ''}`);
    this.name = 'ChatFault';
    this.kind = facts.kind;
    this.status = facts.status ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.code = facts.code ?? null;
  }
}
