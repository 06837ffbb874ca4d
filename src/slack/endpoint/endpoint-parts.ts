import type { ConversationSeen, OutgoingMessage, Receive, Suggest } from '../../bot/port.ts';
import type { Log } from '../../core/log.ts';
import type { Locale, Person } from '../../core/person.ts';
import type { SlackSender } from '../slack-sender.ts';
import type { SlackTimeouts } from '../timeouts.ts';
import type { ApiOf } from '../web-api.ts';
import type { Identified, Identify } from './identify.ts';

/** What the product shows on one person's home tab of the app. */
export type ShowHome = (person: Person, reader: HomeReader) => Promise<OutgoingMessage>;

/** The language and time zone of the home tab's reader. */
type HomeReader = { readonly locale: Locale; readonly timeZone: string | null };

/** A message in its desired state, by its place and its platform ID; null if the product has no such message. */
export type FindCurrent = (conversation: string, messageId: string) => Promise<OutgoingMessage | null>;

/** What the endpoint's reactions share. */
export type EndpointParts = {
  readonly receive: Receive;
  readonly suggest: Suggest;
  readonly identify: Identify;
  readonly sender: SlackSender;
  readonly apiOf: ApiOf;
  /** Renders a person's home tab again; `hash`: Slack's, of the one they were looking at, if there was one. */
  readonly publishHome: (who: Identified, hash: string | null | undefined) => Promise<void>;
  /** A person's own chat with the bot. */
  readonly personalOf: (team: string, user: string) => Promise<ConversationSeen>;
  readonly findCurrent: FindCurrent;
  /** The app was removed from a workspace at that time: nothing more is sent there. */
  readonly closeWorkspace: (team: string, at: Date) => Promise<void>;
  /** Does something after Slack has its answer; a failure is logged and disturbs nothing. */
  readonly after: (doing: string, work: () => Promise<unknown>) => void;
  readonly timeouts: SlackTimeouts;
  readonly log: Log;
};

/** Slack's immediate answer; undefined: an empty 200. */
export type Reply = Readonly<Record<string, unknown>> | undefined;
