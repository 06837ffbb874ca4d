import type { PersonKey } from '../people.ts';

/** One attachment in the Bot Framework's form; a card has the content type of Adaptive Cards. */
type Attachment = { contentType: string; content?: unknown; contentUrl?: string; name?: string };

/** The content of a message in one revision. */
export type Content = {
  text: string;
  textFormat: string;
  summary?: string;
  attachments: Attachment[];
  entities: unknown[];
};

/** The bot's answer to somebody's click: shown only to that person, and only until the message is edited. */
export type Answer = { card?: unknown; note?: { kind: 'message' | 'error'; text: string } };

/** One message with its contents: its first revision, the latest ones, and how many there have been. */
export type Message = {
  id: string;
  conversation: string;
  from: { id: string; name: string; aadObjectId?: string };
  replyToId?: string;
  revisions: (Content & { at: string })[];
  revision: number;
  /** Only this person can see it: a slash command in a channel, or a targeted message of the bot. */
  onlyFor?: PersonKey;
  deletedAt?: string;
  answers: Partial<Record<PersonKey, Answer>>;
};

/** Everything the lab remembers across a restart. */
export type LabState = {
  version: 1;
  lastId: number;
  /** Conversations in which the bot has been notified of its installation. */
  opened: string[];
  locales: Partial<Record<PersonKey, string>>;
  messages: Message[];
};

/** The content type of Adaptive Cards. */
export const cardType = 'application/vnd.microsoft.card.adaptive';

/** A lab without messages. */
export function emptyState(): LabState {
  return { version: 1, lastId: 0, opened: [], locales: {}, messages: [] };
}

/** The current revision. */
export function current(message: Message): Content & { at: string } {
  const last = message.revisions.at(-1);
  if (!last) throw new Error(`message ${message.id} has no revision`);
  return last;
}

/** How many of the latest revisions are stored, besides the first. */
const keptRevisions = 50;

/** Gives the message new content. Answers to clicks on the old one are removed with it. */
export function revise(message: Message, content: Content, at: Date): void {
  const [first, ...later] = message.revisions;
  const added = { ...content, at: at.toISOString() };
  message.revisions = [...(first ? [first] : []), ...later.slice(1 - keptRevisions), added];
  message.revision += 1;
  message.answers = {};
}

/** Targeted messages can be seen and changed for a day. */
const targetedLifetime = 24 * 3600 * 1000;

/** Whether the message still exists for the connector: neither deleted nor a targeted one older than a day. */
export function isAlive(message: Message, now: Date): boolean {
  if (message.deletedAt) return false;
  const first = message.revisions[0];
  return !message.onlyFor || !first || now.getTime() - Date.parse(first.at) < targetedLifetime;
}
