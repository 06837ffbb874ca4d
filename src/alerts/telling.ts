/** The wording of one kind of cause on an alert's card: what differs between a failed backup and anything else. */
import { inOneCommand } from '../core/one-command.ts';
import type { Block, Button, Link } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import type { Affected, Alert, Assignee } from './alert.ts';

/** An alert as one channel shows it: only what that channel subscribes to. */
export type AlertDrawing = {
  readonly words: Words;
  readonly alert: Alert;
  readonly affected: readonly Affected[];
  readonly now: Date;
  /** It is a form for one person, who can assign it to one of these, or snooze it until a day. */
  readonly choosing?: readonly Assignee[] | undefined;
};

/** What can be picked, with what is typed of each. */
export type Picks = {
  readonly label: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
};

/** The parts of an open alert's card. */
export type Telling = {
  /** The verdict, at most 60 characters, and what didn't fit. */
  readonly title: string;
  readonly rest: string;
  /** The note after the name of an affected thing. */
  readonly noteOf: (one: Affected, now: Date) => string;
  /** How to fix it, one after another; the first one is shown at once. */
  readonly fixes: readonly Block[];
  /** They open the card with a fix, the first one by default; empty: Kluis has no operation for it. */
  readonly buttons: readonly Button[];
  /** What the buttons act on, if it has to be picked first: there are more than buttons. */
  readonly picks?: Picks;
  /** Further buttons, after those for the alert itself. */
  readonly more?: readonly Button[];
  readonly azure: readonly { readonly title: string; readonly value: string }[];
  readonly link: Link;
};

/** The parts of a closed alert's card, and of the note in its thread. */
export type Over = {
  readonly title: string;
  /** What was wrong and how long it lasted. */
  readonly why: string;
};

/** What how it ended is told of: these are in order again, and it lasted that long. */
export type Ended = {
  readonly well: readonly Affected[];
  readonly affected: readonly Affected[];
  readonly took: string;
};

/** As many of them as fit in one command. */
export function atOnce(some: readonly Affected[]): readonly Affected[] {
  return inOneCommand(some, ({ calledAs }) => calledAs);
}

/** A button that types a command. */
export function commandButton({ title, command, about }: { title: string; command: string; about: string }): Button {
  return { title, about, verb: 'command', data: { command }, withInputs: false, style: 'positive' };
}

/** When the last good backup was: as a date, since an open alert may be read days after it was drawn. */
export function lastGoodOf({ say, dated }: Words, { lastGood }: Affected, now: Date): string {
  return lastGood === null ? say('alert.never-good') : say('alert.good', { at: dated(new Date(lastGood), now) });
}
