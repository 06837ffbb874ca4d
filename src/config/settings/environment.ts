import type { Problem } from '../problem.ts';
import { ownOf } from '../../core/own-of.ts';

/** The environment as given. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Reads settings one by one and collects every problem, so that all are reported together. */
export type Reading = {
  readonly problems: Problem[];
  /** The trimmed text of a setting; null if it is unset, or empty as in compose files. */
  text(name: string): string | null;
  /** Records what is wrong with a setting, and how to fix it. */
  complain(name: string, wrong: string, remedy: string): void;
};

/** Opens the environment for reading. */
export function readingOf(env: Env): Reading {
  const problems: Problem[] = [];
  return {
    problems,
    text: (name) => ownOf(env, name)?.trim() || null,
    complain: (subject, wrong, remedy) => problems.push({ subject, wrong, remedy, at: null }),
  };
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the form of an ID of Entra or of a subscription. */
function isGuid(text: string): boolean {
  return guid.test(text);
}

/** A setting that is an Entra ID; null if it is unset or invalid. */
export function guidSetting(reading: Reading, name: string, where: string): string | null {
  const text = reading.text(name);
  if (text === null) return null;
  if (isGuid(text)) return text.toLowerCase();
  reading.complain(name, 'it is not an id (8-4-4-4-12 hexadecimal digits)', `Copy the id from ${where}`);
  return null;
}

/** A setting that lists IDs of Entra or of subscriptions, each once, without invalid ones. */
export function guidsSetting(
  reading: Reading,
  name: string,
  { each, remedy }: { readonly each: string; readonly remedy: string },
): readonly string[] {
  const ids = (reading.text(name) ?? '').split(/[\s,;]+/).filter((id) => id !== '');
  const wrong = ids.findIndex((id) => !isGuid(id));
  if (wrong >= 0) reading.complain(name, `entry ${wrong + 1} is not ${each}`, remedy);
  return [...new Set(ids.filter(isGuid).map((id) => id.toLowerCase()))];
}

/** A setting that is on or off: 1 or true, 0 or false; off if it is unset. */
export function switchSetting(reading: Reading, name: string): boolean {
  const word = wordSetting(reading, name, ['1', 'true', '0', 'false']);
  return word === '1' || word === 'true';
}

/** A setting that is one of a few words, in any case; null if it is unset or none of them. */
export function wordSetting<Word extends string>(reading: Reading, name: string, words: readonly Word[]): Word | null {
  const text = reading.text(name);
  if (text === null) return null;
  const word = words.find((known) => known.toLowerCase() === text.toLowerCase());
  if (!word) reading.complain(name, `it must be ${oneOf(words)}`, 'Correct it, or unset it');
  return word ?? null;
}

const orList = new Intl.ListFormat('en-GB', { type: 'disjunction' });

function oneOf(words: readonly string[]): string {
  return orList.format(words);
}

/** The range of a whole number, and its default. */
type NumberRange = { readonly from: number; readonly to: number; readonly otherwise: number };

/** A setting that is a whole number within a range. */
export function numberSetting(reading: Reading, name: string, { from, to, otherwise }: NumberRange): number {
  const text = reading.text(name);
  if (text === null) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= from && value <= to) return value;
  reading.complain(name, `it must be a whole number from ${from} to ${to}`, 'Correct it, or unset it');
  return otherwise;
}
