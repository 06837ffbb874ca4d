/** A person in a place of a chat platform: all that a scene needs of Teams or of Slack. */
import type { CardText } from './card-text.ts';

/** Somebody of the local chats. */
export type PersonKey = 'ana' | 'ben' | 'chris';

/** What everybody is called. */
export const personNames: Readonly<Record<PersonKey, string>> = {
  ana: 'Ana de Vries',
  ben: 'Ben Jansen',
  chris: 'Chris Meier',
};

/** How the client of somebody who speaks a language calls it. */
export const clientLocale = { en: 'en-US', nl: 'nl-NL' } as const;

/** What a message says at one time: a card, or words. */
export type MessageState = { readonly text: string; readonly card: CardText | null };

/** A message of the bot as one person sees it. `states`: all that it has said, the last of which is shown now. */
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

/** A press of the button of this title on a message; `nth` where several are called the same. */
export type Press = {
  readonly on: string;
  readonly title: string;
  readonly nth?: number | undefined;
  readonly filled: Filled;
};

/** A seat. Every action resolves when the bot has received it. */
export type Seat = {
  readonly person: PersonKey;
  /** Comes here for the first time; gives whether one is greeted here. */
  open(): Promise<boolean>;
  /** Gives a command, which begins a conversation wherever the platform has those; gives what was really typed. */
  say(command: string): Promise<string>;
  /** Says something in the conversation that is open; gives what was really typed. */
  add(text: string): Promise<string>;
  /** False where the message has no such button (yet). */
  press(press: Press): Promise<boolean>;
  /** Takes aim at a button as it is now; the press that comes later is the old one, as of a client that is behind. */
  aim(press: Pick<Press, 'on' | 'title'>): Promise<() => Promise<void>>;
  /** What the bot has said here since the last command, oldest first. */
  messages(): Promise<readonly BotMessage[]>;
  /** Somebody else in the same place and conversation. */
  beside(person: PersonKey): Seat;
  /** Resolves with the next change anywhere, or rejects when the signal fires. */
  changed(signal: AbortSignal): Promise<void>;
};
