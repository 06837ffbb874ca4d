import { people, team, type Person, type PersonKey } from '../people.ts';

/**
 * Where a message can be: in somebody's personal chat with the bot, in the channel itself, or in one of its threads.
 */
export type ChatPlace =
  | { kind: 'personal'; id: string; person: Person }
  | { kind: 'channel'; id: string }
  | { kind: 'thread'; id: string; root: string };

const marker = ';messageid=';

/** The personal chat of a person with the bot. */
export function personalChat(key: PersonKey): ChatPlace {
  return { kind: 'personal', id: `a:lab-${key}`, person: people[key] };
}

/** The channel. A message sent to it starts a new thread. */
export const channel: ChatPlace = { kind: 'channel', id: team.channel.id };

/** The channel thread that this message started. */
export function thread(root: string): ChatPlace {
  return { kind: 'thread', id: `${team.channel.id}${marker}${root}`, root };
}

/**
 * The place that a conversation ID names, or undefined. Checks only the form: the messages know whether such a thread
 * exists. `personal` and `general` are short names for people who write tests and scripts.
 */
export function chatPlace(id: string, as?: PersonKey): ChatPlace | undefined {
  if (id === 'general' || id === channel.id) return channel;
  if (id === 'personal' && as) return personalChat(as);
  const key = Object.values(people).find((each) => personalChat(each.key).id === id)?.key;
  if (key) return personalChat(key);
  const [before, root, more] = id.split(marker);
  return before === channel.id && root && /^\d+$/.test(root) && more === undefined ? thread(root) : undefined;
}

/** Whether this person can open this place: the channel is everybody's, a personal chat its owner's. */
export function isOpenTo(place: ChatPlace, key: PersonKey): boolean {
  return place.kind !== 'personal' || place.person.key === key;
}
