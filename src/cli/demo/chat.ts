/** Somebody's personal chat with the bot: what is said and pressed there, and what comes back, written down as it comes. */
import { textOf, type CardText } from './card-text.ts';
import type { ChatMessage, LabDoor, PersonKey } from './lab-door.ts';
import type { Transcript } from './transcript.ts';

/** A chat. Whatever is waited for must come within a minute. */
export type Chat = {
  /** Opens the chat for the first time, and passes over the greeting. */
  opens(): Promise<void>;
  /** Says something; resolves when the bot has heard it. */
  says(text: string): Promise<void>;
  /** Presses a button of the newest card, by its title; `nth` where several are called the same. */
  presses(title: string, nth?: number): Promise<void>;
  /** The newest card once it is about nothing that still runs. */
  settled(): Promise<CardText>;
  /** A message of the bot in words, newer than the newest card, that holds this text. */
  hears(text: string): Promise<void>;
  /** Whether what happens is written down. */
  loud: boolean;
};

/** What a chat is made of. `leaveOut` is the line that every card carries. */
export type ChatParts = {
  readonly door: LabDoor;
  readonly person: { readonly key: PersonKey; readonly name: string };
  readonly locale: string;
  readonly leaveOut: string;
  readonly out: Transcript;
};

const patienceMs = 60_000;

/** Opens somebody's chat. */
export function openChat(parts: ChatParts): Chat {
  const { door, person, locale, out } = parts;
  const follow = follower(parts);
  const base = { as: person.key, conversation: 'personal', locale };
  let since = '';
  const newest = (messages: readonly ChatMessage[]) => messages.findLast((each) => fromBot(each) && each.card);
  const chat: Chat = {
    loud: true,
    opens: async () => {
      await door.post('open', base);
      await until(door, 'the greeting', async () => newest(await follow(false)) ?? null);
    },
    says: async (text) => {
      if (chat.loud) out.says(person.name, text);
      const said = (await door.post('say', { ...base, text })) as { activityId: string };
      since = said.activityId;
    },
    presses: async (title, nth) => {
      const card = newest(await follow(chat.loud));
      if (!card) throw new Error(`there is no card with a button ${title}`);
      if (chat.loud) out.presses(person.name, title);
      await door.post('press', { ...base, activityId: card.id, action: title, ...(nth && { nth }) });
    },
    settled: () =>
      until(door, 'a card about nothing that still runs', async () => {
        const card = newest(await follow(chat.loud));
        const text = card && isAfter(card, since) ? textOf(card.card, parts.leaveOut) : null;
        return text === null || text.title.startsWith('⏳') ? null : text;
      }),
    hears: async (text) => {
      await until(door, `the message "${text}"`, async () => {
        const messages = await follow(chat.loud);
        return messages.find((each) => fromBot(each) && isAfter(each, since) && each.text.includes(text)) ?? null;
      });
    },
  };
  return chat;
}

/** Reads the chat and writes down what is new in it, in the order in which it came. */
function follower({ door, person, leaveOut, out }: ChatParts) {
  const seen = new Map<string, { revision: number; shown: CardText | null }>();
  return async (loud: boolean): Promise<readonly ChatMessage[]> => {
    const messages = await door.messages(person.key);
    for (const message of messages.filter(fromBot)) {
      const { revision, shown } = seen.get(message.id) ?? { revision: 0, shown: null };
      const states = message.revisions.slice(-Math.max(0, message.revision - revision) || message.revisions.length);
      const fresh = message.revision > revision ? states : [];
      const answer = message.answered ? [{ text: '', card: message.card }] : [];
      let before = shown;
      for (const state of [...fresh, ...answer]) before = write({ state, before, loud, message });
      seen.set(message.id, { revision: message.revision, shown: before });
    }
    return messages;
  };

  function write(what: Written): CardText | null {
    const { state, before, loud, message } = what;
    if (state.card === undefined) {
      if (loud && state.text) out.says(`  ${message.from.name}`, withoutTags(state.text));
      return before;
    }
    const card = textOf(state.card, leaveOut);
    if (before !== null && card.lines.join('\n') === before.lines.join('\n')) return before;
    if (loud) out.card(message.from.name, card, before);
    return card;
  }
}

type Written = {
  readonly state: { readonly text: string; readonly card?: unknown };
  readonly before: CardText | null;
  readonly loud: boolean;
  readonly message: ChatMessage;
};

async function until<T>(door: LabDoor, awaited: string, look: () => Promise<T | null>): Promise<T> {
  const signal = AbortSignal.timeout(patienceMs);
  for (;;) {
    // Asked for before the look: what changes in between is not missed.
    const change = door.changed(signal).catch(() => {
      throw new Error(`waited ${patienceMs / 1000} s in vain for ${awaited}`);
    });
    change.catch(() => undefined);
    const seen = await look();
    if (seen !== null) return seen;
    await change;
  }
}

function fromBot({ from }: ChatMessage): boolean {
  return from.person === null;
}

/** Ids grow with time. */
function isAfter({ id }: ChatMessage, since: string): boolean {
  return since === '' || Number(id) > Number(since);
}

function withoutTags(text: string): string {
  return text.replace(/<\/?at>/g, '');
}
