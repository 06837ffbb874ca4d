/** Reads what was typed. Pure: the same text always means the same. */
import { nearWords } from '../../core/near-words.ts';
import { commandOf, nearestCommand, type OpensDialog } from './commands.ts';
import type { RequestList } from '../../operations/cards/requests-card.ts';
import { maxCommand } from '../../core/one-command.ts';
import { ownOf } from '../../core/own-of.ts';
import { plainWords } from './plain-words.ts';

/** What a text means. `unclear` contains what the person may have meant. */
export type Command =
  /** `about`: the command that help is requested for; absent: all of them. */
  | { readonly kind: 'help'; readonly about?: string }
  | {
      readonly kind: 'backup';
      readonly text: string;
      /** Stored with the dialog that it opens, so its values stay. `look`: to see the card, and start nothing. */
      readonly wish: 'look' | 'back-up-now';
      readonly keepDays: number | null;
      /** What was asked, if that is more than its state. */
      readonly question?: 'status' | 'access';
    }
  | { readonly kind: 'open'; readonly flow: string; readonly args: readonly string[] }
  | { readonly kind: 'requests'; readonly list: RequestList; readonly one: string | null }
  | { readonly kind: 'watch'; readonly word: 'watch' | 'unwatch'; readonly args: readonly string[] }
  /** `about`: a job or an entry; null: all entries. */
  | { readonly kind: 'causes'; readonly about: string | null }
  /** `member`: how they are named; null: they aren't. */
  | { readonly kind: 'unlink'; readonly member: string | null }
  | { readonly kind: 'delete'; readonly names: readonly string[] }
  | ({ readonly kind: 'mistyped'; readonly given: string; readonly meant: string } & Named)
  | ({ readonly kind: 'lists' } & Named)
  | ({ readonly kind: 'several' } & Named)
  | { readonly kind: 'no-name'; readonly word: string }
  | { readonly kind: 'retain'; readonly problem: 'bad' | 'range' | 'missing'; readonly given: string }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'word'; readonly word: 'back' | 'cancel' | 'again' }
  | { readonly kind: 'other'; readonly text: string };

/**
 * Words in the place of names. If the inventory has a VM with the first one's name, they are names whatever else they
 * mean.
 */
type Named = { readonly names: readonly string[]; readonly keepDays: number | null };

const maxKeepDays = 36_135;
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
const dialogWords: Readonly<Record<string, 'back' | 'cancel' | 'again'>> = {
  back: 'back',
  terug: 'back',
  cancel: 'cancel',
  annuleren: 'cancel',
  again: 'again',
};

/** How people write "all of them". */
const allOfThem = /^(vms?|vm['’]?s|all|list|ls|everything|machines|servers|overview|alles?|lijst|overzicht)$/i;
/** How people ask for a deletion, which isn't built: the nearest command might be its opposite. */
const deletes = /^(delete|remove|del|rm|erase|purge|destroy|verwijder(en)?|wis(sen)?)$/i;

/** Reads a message. `backup`, `/backup` and a mention of the bot before the text all mean the same. */
export function parseCommand(text: string): Command {
  if (text.length > maxCommand) return { kind: 'too-long' };
  const [first = '', ...rest] = plainWords(text);
  const word = first.toLowerCase().replace(/^\//, '');
  if (word === 'help' && rest.length === 0) return { kind: 'help' };
  if (word === 'backup') return parseBackup(rest);
  // How a phone autocorrects `backup`.
  if (word === 'back' && rest[0]?.toLowerCase() === 'up') return parseBackup(rest.slice(1));
  const alone = rest.length === 0 ? ownOf(dialogWords, word) : undefined;
  return alone ? { kind: 'word', word: alone } : { kind: 'other', text: text.trim() };
}

function parseBackup(words: readonly string[]): Command {
  const [first] = words;
  if (first === undefined || isGreeting(words.join(' '))) return { kind: 'help' };
  if (deletes.test(first)) return { kind: 'delete', names: words.slice(1) };
  const [word, rest] = [first.toLowerCase(), words.slice(1)];
  const answer = commandOf(word)?.answer;
  switch (answer?.by) {
    case 'dialog':
      return parseDialog(word, answer, rest);
    case 'requests':
      return { kind: 'requests', list: answer.list, one: rest[0]?.replace(/^vm:/i, '') ?? null };
    case 'watch':
      return { kind: 'watch', word: answer.word, args: rest };
    case 'causes':
      return { kind: 'causes', about: rest[0] ?? null };
    case 'unlink':
      return { kind: 'unlink', member: rest[0] ?? null };
    case 'help':
      return parseHelp(rest);
    default:
      return parseNames(words, 'look');
  }
}

function parseDialog(word: string, { asks, opens, takes, also = {} }: OpensDialog, rest: readonly string[]): Command {
  if (rest.length === 0 && takes !== 'words') return { kind: 'no-name', word };
  const isAboutOne = asks !== undefined && rest.length === 1;
  const [, second] = rest;
  const other = rest.length === 2 && second !== undefined ? ownOf(also, second.toLowerCase()) : undefined;
  if (opens !== null && !isAboutOne) return { kind: 'open', flow: other ?? opens, args: rest };
  const named = parseNames(rest, asks === 'back-up-now' ? asks : 'look');
  return named.kind === 'backup' && asks !== undefined && asks !== 'back-up-now' ? { ...named, question: asks } : named;
}

function parseHelp([about]: readonly string[]): Command {
  if (about === undefined) return { kind: 'help' };
  const word = about.toLowerCase();
  return commandOf(word) ? { kind: 'help', about: word } : { kind: 'other', text: `backup ${about}` };
}

function parseNames(words: readonly string[], wish: 'look' | 'back-up-now'): Command {
  const at = words.findIndex((word) => /^(retain|keep|bewaar)$/i.test(word));
  const names = at < 0 ? words : words.slice(0, at);
  const kept = at < 0 ? { days: null } : parseRetain(words.slice(at + 1));
  if ('problem' in kept) return { kind: 'retain', problem: kept.problem, given: words.slice(at + 1).join(' ') };
  const [typed, ...others] = names;
  if (typed === undefined) return { kind: 'no-name', word: 'now' };
  if (names.every((word) => allOfThem.test(word))) return { kind: 'lists', names, keepDays: kept.days };
  // Whoever writes `vm:` before a name means a VM, whatever it is called.
  const vms = names.map((name) => name.replace(/^vm:/i, ''));
  if (others.length === 0) return { kind: 'backup', text: vms.join(), wish, keepDays: kept.days };
  const meant = nearestCommand(typed);
  const named = { names: vms, keepDays: kept.days };
  return meant
    ? { kind: 'mistyped', given: typed, meant: `backup ${[meant, ...others].join(' ')}`, ...named }
    : { kind: 'several', ...named };
}

type Kept = { readonly days: number } | { readonly problem: 'bad' | 'range' | 'missing' };

function parseRetain(words: readonly string[]): Kept {
  if (words.length === 0) return { problem: 'missing' };
  const match = /^(\d{1,6})\s*(d|w|m|y|days?|weeks?|months?|years?)?$/i.exec(words.join(''));
  if (!match) return { problem: 'bad' };
  const days = Number(match[1]) * (ownOf(unitDays, (match[2] ?? 'd').charAt(0).toLowerCase()) ?? 1);
  return days >= 1 && days <= maxKeepDays ? { days } : { problem: 'range' };
}

/**
 * The commands that a text probably means, if its first word is `backup` with a typo or two, or a command without it
 * before a name or two; none if it isn't a command.
 */
export function guessedCommands(text: string): string[] {
  const [first = '', ...rest] = plainWords(text);
  const word = first.toLowerCase().replace(/^\//, '');
  const isNear = word.length >= 5 && word.length <= 8 && nearWords(word, ['backup'], 2).length > 0;
  if (text.length > 200) return [];
  if (commandOf(word) && rest.length <= 2) return [['backup', word, ...rest].join(' ')];
  return isNear ? [['backup', ...rest].join(' ')] : [];
}

/** Whether the text is only a greeting. */
export function isGreeting(text: string): boolean {
  return /^(hi|hello|hey|hallo|hoi|goede(morgen|middag|navond))$/i.test(plainWords(text).join(' '));
}
