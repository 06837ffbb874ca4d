/** How a kind of cause is told on the card of an alert: what differs between a failed backup and anything else. */
import { inOneCommand } from '../core/one-command.ts';
import type { Block, Button, Link } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import type { Affected, Alert } from './alert.ts';

/** An alert as it is shown at one place: with what is heard of there. */
export type AlertDrawing = {
  readonly words: Words;
  readonly alert: Alert;
  readonly affected: readonly Affected[];
  readonly now: Date;
};

/** The parts of an open alert's card. */
export type Telling = {
  /** The verdict, at most 60 characters, and what found no room in it. */
  readonly title: string;
  readonly rest: string;
  /** What is said of one that is affected, after its name. */
  readonly noteOf: (one: Affected) => string;
  /** What mends it, one after another, the first one shown at once. */
  readonly fixes: readonly Block[];
  /** What opens the card that mends it; null: Kluis has no operation for that. */
  readonly button: Button | null;
  /** What else can be pressed, after what is done about the alert itself. */
  readonly more?: readonly Button[];
  readonly azure: readonly { readonly title: string; readonly value: string }[];
  readonly link: Link;
};

/** The parts of the card of one that is over, and of what is said in its thread. */
export type Over = {
  readonly title: string;
  /** What was wrong, as a sentence without its full stop. */
  readonly sentence: string;
};

/** Those of them that fit in one command. */
export function atOnce(some: readonly Affected[]): readonly Affected[] {
  return inOneCommand(some, ({ calledAs }) => calledAs);
}

/** A button that types a command. */
export function commandButton({ title, command, about }: { title: string; command: string; about: string }): Button {
  return { title, about, verb: 'command', data: { command }, withInputs: false, style: 'positive' };
}

/** With a capital at its beginning. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
