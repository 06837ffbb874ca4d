import type { Unread } from '../../azure/partial-read.ts';
import type { Words } from '../../message/words.ts';
import { vmsIn } from './causes.ts';
import type { ForecastRow } from './forecast-of.ts';

type Judged = { readonly rows: readonly ForecastRow[]; readonly unread: readonly Unread[]; readonly now: Date };

const dayMs = 86_400_000;

/** The first line of a forecast and the sentence below it. What could not be read is never part of an all-clear. */
export function verdictOf(words: Words, judged: Judged): { readonly title: string; readonly why: string } {
  const { say } = words;
  const { rows } = judged;
  const [fails, lost, risky] = (['fails', 'lost', 'at-risk'] as const).map((section) => vmsIn(section, rows));
  const counts = { fails: fails?.length ?? 0, lost: lost?.length ?? 0, risky: risky?.length ?? 0 };
  const isWhole = judged.unread.length === 0 && vmsIn('unread', rows).length === 0;
  const told = (whole: string) => (isWhole ? whole : say('view.at-least', { whole }));
  const restorable = { count: rows.length, keys: rows.filter(({ restore }) => restore.bringsKeys).length };
  const others = [
    counts.lost > 0 && counts.fails + unreadRuns(rows) > 0 ? say('forecast.lost-too', { count: counts.lost }) : '',
    counts.risky > 0 ? say('forecast.risky', { count: counts.risky }) : '',
  ].filter(Boolean);
  const why = [
    others.length > 0 ? told(others.join(' ')) : '',
    isWhole && counts.lost === 0 && rows.length > 0 ? say('forecast.restorable', restorable) : '',
  ];
  return { title: titleOf(words, judged, { ...counts, told }), why: why.filter(Boolean).join(' ') };
}

type Counts = {
  readonly fails: number;
  readonly lost: number;
  readonly told: (whole: string) => string;
};

function titleOf({ say }: Words, { rows, unread, now }: Judged, { fails, lost, told }: Counts): string {
  if (rows.length === 0) return say('forecast.none');
  if (fails > 0)
    return told(say(isTonight(vmsIn('fails', rows), now) ? 'forecast.fails-tonight' : 'status.will', { count: fails }));
  const read = rows.length - unreadRuns(rows);
  if (read === 0) return say('forecast.all-unread', { count: rows.length });
  if (read < rows.length || unread.length > 0) return say('forecast.clear-read', { count: read });
  return lost > 0 ? told(say('forecast.clear-but', { count: lost })) : say('forecast.clear', { count: rows.length });
}

function unreadRuns(rows: readonly ForecastRow[]): number {
  return rows.filter(({ run }) => run.state === 'unread').length;
}

/** Whether all that is known to be due is due within a day. */
function isTonight(rows: readonly ForecastRow[], now: Date): boolean {
  const due = rows.flatMap(({ next }) => (next === null ? [] : [Date.parse(next)]));
  return due.length > 0 && due.every((at) => at - now.getTime() <= dayMs);
}
