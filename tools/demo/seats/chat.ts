/** Somebody's chat with the bot: what is said and pressed there, and what comes back, printed as it comes. */
import { setTimeout } from 'node:timers/promises';
import { words } from '../../../src/message/words.ts';
import type { CardText } from '../card-text.ts';
import { follower, type Written } from './follower.ts';
import { personNames, type BotMessage, type Filled, type PersonKey, type Press, type Seat } from '../seat.ts';
import type { Transcript } from '../transcript.ts';

/** A chat. Whatever is waited for has to come within a minute. */
export type Chat = {
  /** Opens the chat for the first time, and skips the greeting. */
  opens(): Promise<void>;
  /** Gives a command; resolves when the bot has received it. */
  says(text: string): Promise<void>;
  /** Says something in the conversation that is open. */
  adds(text: string): Promise<void>;
  /** Presses a button of the newest card, by its title, as soon as it has it; `nth` if several have the same title. */
  presses(title: string, how?: { readonly nth?: number; readonly filled?: Filled }): Promise<void>;
  /** Remembers a button of the newest card; the returned function presses it later, as it is now. */
  aims(title: string): Promise<() => Promise<void>>;
  /** The newest card once nothing on it is running any more, and it is another one than at the last press. */
  settled(): Promise<CardText>;
  /** The newest card as soon as it says this. */
  shows(text: string): Promise<CardText>;
  /** A text message of the bot since the last command that contains this text. */
  hears(text: string): Promise<void>;
  /** The same, or a card that says it: if a platform can't show a card for it, it is said in words. */
  learns(text: string): Promise<void>;
  /** Somebody else in the same place and conversation. */
  beside(person: PersonKey): Chat;
  /** Whether what happens is printed. */
  loud: boolean;
};

/** The options of a chat. People in the same place share `written`, so that each message is printed once. */
type ChatParts = { readonly seat: Seat; readonly out: Transcript; readonly written?: Written };

const timeoutMs = 120_000;

/** Opens somebody's chat. */
export function openChat({ seat, out, written = new Map() }: ChatParts): Chat {
  const name = personNames[seat.person];
  const follow = follower({ seat, out, written });
  const talk = talkAt(seat, follow);
  const { until, newest } = talk;
  const chat: Chat = {
    get loud() {
      return talk.loud;
    },
    set loud(loud) {
      talk.loud = loud;
    },
    opens: async () => {
      if (await seat.open()) await until('the greeting', async () => (await follow(false)).find(cardOf) ?? null);
    },
    says: async (text) => {
      const typed = await seat.say(text);
      talk.answered = '';
      if (talk.loud) out.says(name, typed);
    },
    adds: async (text) => {
      talk.answered = sign(await newest());
      const typed = await seat.add(text);
      if (talk.loud) out.says(name, typed);
    },
    presses: (title, { nth, filled = {} } = {}) =>
      pressing(talk, seat, {
        press: { title, nth, filled },
        told: () => talk.loud && out.presses(name, title, filled),
      }),
    aims: (title) => aim({ talk, seat, title, told: () => talk.loud && out.presses(name, title, {}) }),
    settled: () =>
      until('a card about nothing that still runs', async () => settledCard(await newest(), talk.answered)),
    shows: (text) => until(`a card with ${text}`, async () => cardWith(await newest(), text)),
    hears: (text) => told(talk, text, (message) => cardOf(message) === null),
    learns: (text) => told(talk, text, () => true),
    beside: (person) => openChat({ seat: seat.beside(person), out, written }),
  };
  return chat;
}

/**
 * A chat in progress. `answered`: what the newest card said when it was pressed; the answer to a press is another card.
 */
type Talk = {
  loud: boolean;
  answered: string;
  /** The refusals after which a button was pressed again. */
  readonly refusals: Set<string>;
  readonly messages: () => Promise<readonly BotMessage[]>;
  readonly newest: () => Promise<BotMessage | undefined>;
  readonly until: <T>(awaited: string, look: () => Promise<T | null>) => Promise<T>;
};

function talkAt(seat: Seat, follow: (loud: boolean) => Promise<readonly BotMessage[]>): Talk {
  const talk: Talk = {
    loud: true,
    answered: '',
    refusals: new Set(),
    messages: () => follow(talk.loud),
    newest: async () => (await talk.messages()).findLast((each) => cardOf(each) !== null),
    until: (awaited, look) => untilChanged(seat, { awaited, look }),
  };
  return talk;
}

async function told(talk: Talk, text: string, isMeant: (message: BotMessage) => boolean): Promise<void> {
  const isIt = (each: BotMessage) => isMeant(each) && wordsOf(each).includes(text);
  await talk.until(`the message "${text}"`, async () => (await talk.messages()).find(isIt) ?? null);
  talk.answered = '';
}

/** Presses on the newest card, and remembers it if there was something to press. */
async function answering(talk: Talk, press: (on: BotMessage) => Promise<boolean>): Promise<true | null> {
  const card = await talk.newest();
  if (!card || !(await press(card))) return null;
  talk.answered = sign(card);
  return true;
}

/** What Kluis says while it starts nothing, such as on a slow machine: in each language of the chats. */
const notNow = (['en', 'nl'] as const).map((locale) => {
  const text = words({ locale, timeZone: 'UTC', simulated: true }).say('refusal.not-trusted-now');
  return text.slice(0, text.indexOf('.') + 1);
});

/** How long a person waits before they press again, and for something to happen after a press, in milliseconds. */
const [beforeAgainMs, answerMs] = [2_000, 5_000];

/** Presses as soon as there is such a button, and again if nothing starts right now. */
async function pressing(
  talk: Talk,
  seat: Seat,
  { press, told }: { readonly press: Omit<Press, 'on'>; readonly told: () => void },
): Promise<void> {
  do {
    const on = ({ id }: BotMessage) => seat.press({ ...press, on: id });
    await talk.until(`a card with the button ${press.title}`, () => answering(talk, on));
    told();
  } while (await isRefusedForNow(talk, seat));
}

/** Whether the answer to a press is that Kluis starts nothing right now: a person then presses again after a moment. */
async function isRefusedForNow(talk: Talk, seat: Seat): Promise<boolean> {
  const before = await talk.messages();
  const signal = AbortSignal.timeout(answerMs);
  for (;;) {
    const change = seat.changed(signal);
    change.catch(() => undefined);
    const messages = await talk.messages();
    const refusal = messages.find((each) => !talk.refusals.has(each.id) && isNotNow(each));
    if (refusal) {
      talk.refusals.add(refusal.id);
      await setTimeout(beforeAgainMs);
      return true;
    }
    if (messages.length > before.length || sign(await talk.newest()) !== talk.answered) return false;
    const isOver = await change.then(
      () => false,
      () => true,
    );
    if (isOver) return false;
  }
}

function isNotNow(message: BotMessage): boolean {
  return message.isPrivate && notNow.some((text) => wordsOf(message).includes(text));
}

type Aim = { readonly talk: Talk; readonly seat: Seat; readonly title: string; readonly told: () => void };

async function aim({ talk, seat, title, told }: Aim): Promise<() => Promise<void>> {
  const card = await talk.until(`a card with the button ${title}`, async () => {
    const shown = await talk.newest();
    return shown && cardOf(shown)?.buttons.includes(title) ? shown : null;
  });
  const press = await seat.aim({ on: card.id, title });
  return async () => {
    told();
    talk.answered = sign(await talk.newest());
    await press();
  };
}

function settledCard(message: BotMessage | undefined, answered: string): CardText | null {
  const card = message ? cardOf(message) : null;
  return card === null || card.title.startsWith('⏳') || sign(message) === answered ? null : card;
}

function cardWith(message: BotMessage | undefined, text: string): CardText | null {
  return message && wordsOf(message).includes(text) ? cardOf(message) : null;
}

function cardOf({ states }: BotMessage): CardText | null {
  return states.at(-1)?.card ?? null;
}

/** Everything that a message says now, however its lines are broken. */
function wordsOf(message: BotMessage): string {
  const text = message.states.at(-1)?.text ?? '';
  return [text, ...(cardOf(message)?.lines ?? [])].join(' ').replace(/\s+/g, ' ');
}

function sign(message: BotMessage | undefined): string {
  return message ? `${message.id} ${wordsOf(message)}` : '';
}

async function untilChanged<T>(
  seat: Seat,
  { awaited, look }: { readonly awaited: string; readonly look: () => Promise<T | null> },
): Promise<T> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (;;) {
    // Requested before the look, so that a change in between isn't missed.
    const change = seat.changed(signal).catch(() => {
      throw new Error(`waited ${timeoutMs / 1000} s in vain for ${awaited}`);
    });
    change.catch(() => undefined);
    const seen = await look();
    if (seen !== null) return seen;
    await change;
  }
}
