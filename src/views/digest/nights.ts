/** A month of nights, by what Kluis saw of their backups. Pure. A night is from noon to noon by its readers' clocks. */
import type { BackupBook, FailedBackup } from '../../core/books.ts';
import { dayIn, nightIn } from '../../message/wall-time.ts';

/**
 * A night, named by the day on which it ends (`2026-11-28`). `failed`: VMs that failed in it and had no good backup
 * afterwards in the same night; `half`: other VMs whose backup completed with warnings, and neither had one. `none`:
 * there was no backup; `unknown`: none is known to have failed, and not everything was read, or it was before the
 * oldest backup that Kluis saw.
 */
export type Night = {
  readonly day: string;
  readonly state: 'good' | 'half' | 'failed' | 'none' | 'unknown';
  readonly failed: readonly string[];
  readonly half: readonly string[];
};

/** How many nights it covers. */
export const nightCount = 30;
const dayMs = 86_400_000;
/** The pieces of time by which good backups are kept. */
export const quarterMs = 900_000;

/** The nights up to the one that ended, or ends, today; oldest first. */
export function nightsOf(book: BackupBook, { now, timeZone }: Here): readonly Night[] {
  const goodIn = new Set(book.good.map((quarter) => nightIn(new Date(quarter * quarterMs), timeZone)));
  const night = (at: string) => nightIn(new Date(at), timeZone);
  const all = Map.groupBy(book.failures, ({ at }) => night(at));
  const open = book.failures.filter(({ at, goodAt }) => goodAt === null || night(goodAt) !== night(at));
  const openIn = Map.groupBy(open, ({ at }) => night(at));
  const oldest = book.failures.map(({ at }) => night(at)).sort()[0] ?? '';
  // Azure lists jobs only for a while, and Kluis may be younger than the calendar.
  const knownFrom = book.since === null ? '~' : night(book.since);
  // The earliest of them. What was never read is unknown for every night; a tilde sorts after every day.
  const silentFrom = book.silent.map(({ since }) => (since === null ? '' : night(since))).sort()[0] ?? '~';
  return daysUpTo(dayIn(now, timeZone)).map((day): Night => {
    const [failed, half] = namesOf(openIn.get(day) ?? []);
    const named = { day, failed, half };
    if (failed.length + half.length > 0) return { ...named, state: failed.length > 0 ? 'failed' : 'half' };
    if (day < knownFrom || (book.isCut && day <= oldest) || day >= silentFrom) return { ...named, state: 'unknown' };
    return { ...named, state: goodIn.has(day) || all.has(day) ? 'good' : 'none' };
  });
}

type Here = { readonly now: Date; readonly timeZone: string };

/** Those that failed, and the others, each once. Two VMs with the same name are two items, but one name here. */
function namesOf(open: readonly FailedBackup[]): [failed: string[], half: string[]] {
  const failed = new Map(open.filter((one) => !one.half).map(({ item, vm }) => [item, vm]));
  const half = new Map(open.filter(({ item }) => !failed.has(item)).map(({ item, vm }) => [item, vm]));
  return [[...failed.values()].sort(), [...half.values()].sort()];
}

function daysUpTo(last: string): string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: nightCount }, (_, back) =>
    new Date(end - (nightCount - 1 - back) * dayMs).toISOString().slice(0, 10),
  );
}

/** The nights as the weeks of a calendar, from Monday to Sunday; null: a day that isn't one of them. */
export function weeksOf(nights: readonly Night[]): readonly (readonly (Night | null)[])[] {
  const weeks: (Night | null)[][] = [];
  for (const night of nights) {
    const column = (new Date(`${night.day}T00:00:00Z`).getUTCDay() + 6) % 7;
    if (weeks.length === 0 || column === 0) weeks.push(Array.from({ length: 7 }, () => null));
    weeks.at(-1)?.splice(column, 1, night);
  }
  return weeks;
}
