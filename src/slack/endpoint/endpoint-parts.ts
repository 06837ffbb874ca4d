import type { ConversationSeen, OutgoingMessage, Receive, Suggest } from '../../bot/port.ts';
import type { Log } from '../../core/log.ts';
import type { Locale, Person } from '../../core/person.ts';
import type { SlackSender } from '../slack-sender.ts';
import type { ApiOf } from '../web-api.ts';
import type { Identified, Identify } from './identify.ts';

/** What the product shows on the app's own page to one person. */
export type ShowHome = (person: Person, reader: HomeReader) => Promise<OutgoingMessage>;

/** How the reader of the app's own page sees words and times. */
type HomeReader = { readonly locale: Locale; readonly timeZone: string | null };

/** A message as it is desired now, by where it is and its platform's id; null where the product has no such message. */
export type FindCurrent = (conversation: string, messageId: string) => Promise<OutgoingMessage | null>;

/** What the reactions of the endpoint share. */
export type EndpointParts = {
  readonly receive: Receive;
  readonly suggest: Suggest;
  readonly identify: Identify;
  readonly sender: SlackSender;
  readonly apiOf: ApiOf;
  /** Renders a person's page again. */
  readonly publishHome: (who: Identified) => Promise<void>;
  /** A person's own chat with the bot. */
  readonly personalOf: (team: string, user: string) => Promise<ConversationSeen>;
  readonly findCurrent: FindCurrent;
  /** The app was taken out of a workspace at that time: nothing more is sent there. */
  readonly closeWorkspace: (team: string, at: Date) => Promise<void>;
  /** Does something after Slack has its answer; what fails there is logged and disturbs nothing. */
  readonly after: (doing: string, work: () => Promise<unknown>) => void;
  readonly log: Log;
};

/** What Slack is answered with at once; undefined: an empty 200. */
export type Reply = Readonly<Record<string, unknown>> | undefined;
