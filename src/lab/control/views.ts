import { headline, type Chat } from '../teams/chat.ts';
import { cardType, current, isAlive, type Message } from '../teams/messages.ts';
import { personById, team, type PersonKey } from '../people.ts';
import { channel, personalChat, thread, type ChatPlace } from '../teams/places.ts';

/** Whether what a message was before its edits is told too. */
type History = 'all' | 'none';

/** A message as one person sees it right now: its card, more of them if it has any, and what it was before if asked. */
export function messageView(message: Message, key: PersonKey, history: History) {
  const now = current(message);
  const answer = message.answers[key];
  const cards = now.attachments.filter(({ contentType }) => contentType === cardType).map(({ content }) => content);
  const shown = answer?.card === undefined ? cards : [answer.card, ...cards.slice(1)];
  const first = message.revisions[0] ?? now;
  return {
    id: message.id,
    conversation: message.conversation,
    from: { ...message.from, person: personById(message.from.id)?.key ?? null },
    replyToId: message.replyToId,
    time: first.at,
    text: now.text,
    textFormat: now.textFormat,
    summary: now.summary,
    entities: now.entities,
    attachments: now.attachments,
    card: shown[0],
    more: shown.slice(1),
    answered: answer?.card !== undefined,
    note: answer?.note,
    edited: message.revision > 1 ? now.at : undefined,
    revision: message.revision,
    revisions: (history === 'all' ? message.revisions : []).map(({ at, text, summary, attachments }) => ({
      time: at,
      text,
      summary,
      card: attachments.find(({ contentType }) => contentType === cardType)?.content,
    })),
    deleted: message.deletedAt,
    onlyYou: message.onlyFor === key,
  };
}

/** Who looks where; `since`: the ID of a message, from which on. */
type Seen = {
  readonly place: ChatPlace;
  readonly key: PersonKey;
  readonly now: Date;
  readonly since: number;
  readonly history: History;
};

/** The messages of a place that this person can see, in order. */
export function conversationView(chat: Chat, seen: Seen) {
  const { place, key, now, since, history } = seen;
  const visible = chat.list(place).filter((each) => isVisible(each, key) && (each.deletedAt || isAlive(each, now)));
  const wanted = visible.filter(({ id }) => Number(id) >= since);
  return { id: place.id, kind: place.kind, messages: wanted.map((each) => messageView(each, key, history)) };
}

/** This person's list of conversations: their chat with the bot, and the channel with its threads, newest first. */
export function conversationsView(chat: Chat, key: PersonKey) {
  const own = personalChat(key);
  return [
    { id: own.id, kind: own.kind, name: 'Kluis', opened: chat.isOpened(own), last: lastOf(chat.list(own)) },
    {
      id: channel.id,
      kind: channel.kind,
      name: team.channel.name,
      team: team.name,
      opened: chat.isOpened(channel),
      threads: threadsOf(chat.list(channel).filter((each) => isVisible(each, key))),
    },
  ];
}

function threadsOf(messages: Message[]) {
  const byThread = Map.groupBy(messages, ({ conversation }) => conversation);
  const threads = [...byThread].map(([id, inside]) => ({
    id,
    root: id.split('=').at(-1),
    title:
      inside
        .filter(({ deletedAt }) => !deletedAt)
        .map(headline)
        .find(Boolean) ?? '',
    messages: inside.length,
    last: lastOf(inside),
  }));
  return threads.toSorted((one, other) => (other.last ?? '').localeCompare(one.last ?? ''));
}

function isVisible(message: Message, key: PersonKey): boolean {
  return message.onlyFor === undefined || message.onlyFor === key;
}

function lastOf(messages: Message[]): string | undefined {
  const last = messages.at(-1);
  return last && current(last).at;
}

/** Where this message is. */
export function threadOf(message: Message): ChatPlace | undefined {
  const root = message.conversation.split(';messageid=')[1];
  return root ? thread(root) : undefined;
}
