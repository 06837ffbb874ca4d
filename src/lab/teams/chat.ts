import type { Changes } from '../changes.ts';
import {
  current,
  emptyState,
  isAlive,
  revise,
  type Answer,
  type Content,
  type LabState,
  type Message,
} from './messages.ts';
import type { PersonKey } from '../people.ts';
import { thread, type ChatPlace } from './places.ts';
import type { StateFile } from './state-file.ts';

const keptMessages = 1000;

/** A message to add; without `id` it gets the next free one. */
type NewMessage = Pick<Message, 'from' | 'replyToId' | 'onlyFor'> & { id?: string; content: Content };

/**
 * All conversations of the lab. Each change resolves when it has been saved, so that whatever was acknowledged to the
 * bot or to a person is still there after a kill.
 */
export type Chat = {
  /** The next message ID: milliseconds, as in Teams, and always unique. */
  nextId(): string;
  add(place: ChatPlace, message: NewMessage): Promise<Message>;
  edit(message: Message, content: Content): Promise<void>;
  remove(message: Message): Promise<void>;
  answer(message: Message, key: PersonKey, answer: Answer): Promise<void>;
  /** A message that still exists, in this conversation or, for the channel, in one of its threads. */
  find(place: ChatPlace, id: string): Message | undefined;
  /** The messages of a conversation in order, including deleted ones; for the channel those of all its threads. */
  list(place: ChatPlace): Message[];
  isOpened(place: ChatPlace): boolean;
  markOpened(place: ChatPlace): Promise<void>;
  locale(key: PersonKey): string;
  setLocale(key: PersonKey, locale: string): Promise<void>;
  reset(): Promise<void>;
  settled(): Promise<void>;
};

/** The options of a chat. */
type Keeping = { now: () => Date; file: StateFile; changes: Changes };

/** The conversations as last saved. */
export function openChat(keeping: Keeping): Chat {
  const { now, file, changes } = keeping;
  const held = { state: file.load() };
  const saved = () => file.save(held.state, null);
  return {
    nextId: () => freeId(held.state, now()),
    ...messageWrites(held, keeping),
    find: (place, id) => within(held.state, place).find((each) => each.id === id && isAlive(each, now())),
    list: (place) => within(held.state, place),
    isOpened: (place) => held.state.opened.includes(openedId(place)),
    async markOpened(place) {
      if (!held.state.opened.includes(openedId(place))) held.state.opened.push(openedId(place));
      await saved();
    },
    locale: (key) => held.state.locales[key] ?? 'en-US',
    async setLocale(key, locale) {
      if (held.state.locales[key] === locale) return;
      held.state.locales[key] = locale;
      await saved();
    },
    async reset() {
      // IDs continue from the last one: a late edit of an earlier message mustn't hit a new one.
      held.state = { ...emptyState(), lastId: held.state.lastId };
      await file.save(held.state, 'all');
      changes.tell({ kind: 'reset' });
    },
    settled: saved,
  };
}

function messageWrites(held: { state: LabState }, { now, file, changes }: Keeping) {
  const changed = async (message: Message) => {
    await file.save(held.state, message);
    const { conversation, id, onlyFor } = message;
    changes.tell({ kind: 'message', conversation, message: id, ...(onlyFor && { onlyFor }) });
  };
  return {
    async add(place: ChatPlace, message: NewMessage) {
      const added = append(held.state, { place, message, at: now() });
      await changed(added);
      return added;
    },
    async edit(message: Message, content: Content) {
      revise(message, content, now());
      await changed(message);
    },
    async remove(message: Message) {
      message.deletedAt = now().toISOString();
      message.answers = {};
      await changed(message);
    },
    async answer(message: Message, key: PersonKey, answer: Answer) {
      message.answers[key] = answer;
      await changed(message);
    },
  };
}

/** A message's text for a line in a list. */
export function headline(message: Message): string {
  const { text, summary, attachments } = current(message);
  const card = attachments[0]?.content as { fallbackText?: unknown } | undefined;
  const words = text || summary || (typeof card?.fallbackText === 'string' ? card.fallbackText : '');
  return words
    .replace(/^<at>[^<]*<\/at>/, '')
    .replaceAll(/<\/?at>/g, '')
    .trim();
}

function append(state: LabState, added: { place: ChatPlace; message: NewMessage; at: Date }): Message {
  const { place, at } = added;
  const { id = freeId(state, at), content, ...rest } = added.message;
  const conversation = place.kind === 'channel' ? thread(id).id : place.id;
  const revisions = [{ ...content, at: at.toISOString() }];
  const message = { ...rest, id, conversation, revisions, revision: 1, answers: {} };
  state.messages = [...state.messages.slice(1 - keptMessages), message];
  return message;
}

function within(state: LabState, place: ChatPlace): Message[] {
  const prefix = `${place.id};messageid=`;
  return state.messages.filter(
    ({ conversation }) => conversation === place.id || (place.kind === 'channel' && conversation.startsWith(prefix)),
  );
}

function freeId(state: LabState, at: Date): string {
  state.lastId = Math.max(state.lastId + 1, at.getTime());
  return String(state.lastId);
}

/** The bot is installed in a team, not in a thread. */
function openedId(place: ChatPlace): string {
  return place.kind === 'thread' ? place.id.slice(0, place.id.indexOf(';')) : place.id;
}
