/** A person in a place of a chat platform: all that a scene needs of Teams or of Slack. */
import type { CardText } from './card-text.ts';

/** Somebody of the local chats. */
export type PersonKey = 'ana' | 'ben' | 'chris';

/** Everybody's name. */
export const personNames: Readonly<Record<PersonKey, string>> = {
  ana: 'Ana de Vries',
  ben: 'Ben Jansen',
  chris: 'Chris Meier',
};

/** The name of a language in its speakers' clients. */
export const clientLocale = { en: 'en-US', nl: 'nl-NL' } as const;

/** What a message says at one time: a card, or words. */
export type MessageState = { readonly text: string; readonly card: CardText | null };

/** A message of the bot as one person sees it. `states`: everything that it has said; the last one is shown now. */
export type BotMessage = {
  readonly id: string;
  readonly from: string;
  /** Whether nobody else sees it. */
  readonly isPrivate: boolean;
  readonly states: readonly MessageState[];
};

/**
 * What is typed and chosen before a button is pressed, by the labels of the inputs; a choice by how its title begins.
 */
export type Filled = Readonly<Record<string, string>>;

/** A press of the button with this title on a message; `nth` if several have the same title. */
export type Press = {
  readonly on: string;
  readonly title: string;
  readonly nth?: number | undefined;
  readonly filled: Filled;
};

/** A seat. Every action resolves when the bot has received it. */
export type Seat = {
  readonly person: PersonKey;
  /** Comes here for the first time; resolves with whether the bot greets people here. */
  open(): Promise<boolean>;
  /** Gives a command, which starts a conversation if the platform has those; resolves with what was actually typed. */
  say(command: string): Promise<string>;
  /** Says something in the conversation that is open; resolves with what was actually typed. */
  add(text: string): Promise<string>;
  /** On the message as it was last read. False if it has no such button (yet). */
  press(press: Press): Promise<boolean>;
  /** Remembers a button as it is now; the later press is the old one, as by a client that is behind. */
  aim(press: Pick<Press, 'on' | 'title'>): Promise<() => Promise<void>>;
  /** What the bot has said here since the last command, oldest first. */
  messages(): Promise<readonly BotMessage[]>;
  /** Somebody else in the same place and conversation. */
  beside(person: PersonKey): Seat;
  /** Resolves with the next change anywhere, or rejects when the signal fires. */
  changed(signal: AbortSignal): Promise<void>;
};
