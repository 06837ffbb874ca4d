/**
 * What a forecast's readers know from the days before, and what is new. Pure. A problem of a VM is one item, identified
 * by its cause, so a cause that only counts down its days stays the same.
 */
import type { Unread } from '../../azure/partial-read.ts';
import { ownOf } from '../../core/own-of.ts';
import { whysIn, type Section } from './causes.ts';
import type { ForecastRow } from './forecast-of.ts';
import type { Why } from './outlook.ts';

/** The items that were posted, each with the day on which it was first posted (`2026-11-28`). */
type Told = Readonly<Record<string, string>>;

/**
 * Rows with only their new items, and rows with only the items posted before; since when the oldest of those has been
 * posted (null: there are none), how many of the last items are no longer wrong, and what counts as posted from now on.
 */
export type News = {
  readonly fresh: readonly ForecastRow[];
  readonly still: readonly ForecastRow[];
  readonly since: string | null;
  readonly mended: number;
  readonly told: Told;
};

const told = ['fails', 'lost', 'at-risk', 'old', 'unread'] as const satisfies readonly Section[];

/**
 * Compares a forecast with what was posted before `day`. What couldn't be read this time doesn't count as fixed: it
 * stays on the list, and isn't new when it can be read again.
 */
export function newsOf({ rows, unread }: Read, before: Told, day: string): News {
  const items = rows.flatMap(itemsOf);
  const sinceOf = (key: string) => ownOf(before, key) ?? day;
  const isOld = (key: string) => sinceOf(key) < day;
  const open = new Set(rows.filter(isUnread).map(vmKey));
  const gone = Object.keys(before).filter((key) => !items.includes(key));
  const seen = new Set(rows.map(vmKey));
  const isHidden = (key: string) => open.has(vmOf(key)) || (unread.length > 0 && !seen.has(vmOf(key)));
  const known = [...items, ...gone.filter(isHidden)];
  const old = items.filter(isOld);
  return {
    fresh: rows.flatMap((row) => onlyItems(row, (key) => !isOld(key))),
    still: rows.flatMap((row) => onlyItems(row, isOld)),
    since: old.map(sinceOf).sort()[0] ?? null,
    mended: gone.filter((key) => !isHidden(key)).length,
    told: Object.fromEntries(known.map((key) => [key, sinceOf(key)])),
  };
}

/**
 * Whether there is anything to post. That nobody can restore, or only through a guard, is a choice of the installation:
 * it is mentioned along with other things, but isn't worth a message each day.
 */
export function isTold({ fresh, still }: News, { unread }: Pick<Read, 'unread'>): boolean {
  const isChoice = (why: Why) => 'own' in why && (why.own === 'no-identity' || why.own === 'guarded');
  const items = [...fresh, ...still].flatMap((row) => told.flatMap((section) => whysIn(section, row)));
  return unread.length > 0 || items.some((why) => why === null || !isChoice(why));
}

type Read = { readonly rows: readonly ForecastRow[]; readonly unread: readonly Unread[] };

function itemsOf(row: ForecastRow): string[] {
  return told.flatMap((section) => whysIn(section, row).map((why) => itemKey(section, row, why)));
}

/** A row with only the given items; none if it has none of them. */
function onlyItems(row: ForecastRow, isAsked: (key: string) => boolean): ForecastRow[] {
  const kept = (section: Section) => (why: Why | null) => isAsked(itemKey(section, row, why));
  const { run, restore } = row;
  const isRunAsked = run.state !== 'clear' && kept(run.state)(run.why);
  const impossible = restore.impossible.filter(kept('lost'));
  const risks = restore.risks.filter((why) => kept('old')(why));
  const unread = restore.unread.filter(kept('unread'));
  if (!isRunAsked && impossible.length + risks.length + unread.length === 0) return [];
  const asked = { ...restore, impossible, risks, unread };
  return [{ ...row, run: isRunAsked ? run : { state: 'clear', why: null }, restore: asked }];
}

function isUnread({ run, restore }: ForecastRow): boolean {
  return run.state === 'unread' || restore.unread.length > 0;
}

/** What a restore risks is stored as it was when it counted as lost: a reader knows it by its cause. */
const risks: ReadonlySet<string> = new Set(['old-point', 'no-second-region']);

/** No name in Azure has a bar in it. */
function itemKey(section: Section, row: ForecastRow, why: Why | null): string {
  const cause = why === null ? '' : 'own' in why ? why.own : why.finding.code;
  return `${vmKey(row)}|${risks.has(cause) ? 'lost' : section}|${cause}`;
}

function vmKey({ vault, group, name }: ForecastRow): string {
  return `${vault}/${group}/${name}`.toLowerCase();
}

function vmOf(key: string): string {
  return key.slice(0, key.indexOf('|'));
}
