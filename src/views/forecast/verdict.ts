import type { Unread } from '../../azure/partial-read.ts';
import type { Words } from '../../message/words.ts';
import { vmsIn } from './causes.ts';
import type { ForecastRow } from './forecast-of.ts';

type Judged = { readonly rows: readonly ForecastRow[]; readonly unread: readonly Unread[]; readonly now: Date };

const dayMs = 86_400_000;

/** The first line of a forecast and the sentence below it. What couldn't be read is never part of an all-clear. */
export function verdictOf(words: Words, judged: Judged): { readonly title: string; readonly why: string } {
  const { say } = words;
  const { rows, unread } = judged;
  const lost = vmsIn('lost', rows).length;
  const risky = vmsIn('at-risk', rows).length;
  const old = vmsIn('old', rows).length;
  const isClear = vmsIn('fails', rows).length + unreadRuns(rows) + unread.length === 0;
  const keys = rows.filter(({ restore }) => restore.bringsKeys).length;
  const isRestorable = rows.length > 0 && lost === 0 && isWhole(judged, 'restores');
  const why = [
    lost > 0 && !isClear ? told(words, say('forecast.lost-too', { count: lost }), isWhole(judged, 'restores')) : '',
    risky > 0 ? told(words, say('forecast.risky', { count: risky }), isWhole(judged, 'runs')) : '',
    old > 0 ? told(words, say('forecast.old-too', { count: old }), isWhole(judged, 'restores')) : '',
    isRestorable ? say('forecast.restorable', { count: rows.length, keys }) : '',
  ];
  return { title: titleOf(words, judged, lost), why: why.filter(Boolean).join(' · ') };
}

function titleOf(words: Words, judged: Judged, lost: number): string {
  const { say } = words;
  const { rows, unread, now } = judged;
  if (rows.length === 0) return say('forecast.none');
  const failing = vmsIn('fails', rows);
  if (failing.length > 0) {
    const key = isDueTonight(words, failing, now) ? 'forecast.fails-tonight' : 'status.will';
    return told(words, say(key, { count: failing.length }), isWhole(judged, 'runs'));
  }
  const read = rows.length - unreadRuns(rows);
  if (read === 0) return say('forecast.all-unread', { count: rows.length });
  if (read < rows.length || unread.length > 0) return say('forecast.clear-read', { count: read });
  if (lost === 0) return say('forecast.clear', { count: rows.length });
  return say(isWhole(judged, 'restores') ? 'forecast.clear-but' : 'forecast.clear-but-some', { count: lost });
}

function told({ say }: Words, whole: string, isAll: boolean): string {
  return isAll ? whole : say('view.at-least', { whole });
}

/** Whether everything that is counted was read. */
function isWhole({ rows, unread }: Judged, of: 'runs' | 'restores'): boolean {
  if (unread.length > 0) return false;
  return of === 'runs' ? unreadRuns(rows) === 0 : rows.every(({ restore }) => restore.unread.length === 0);
}

function unreadRuns(rows: readonly ForecastRow[]): number {
  return rows.filter(({ run }) => run.state === 'unread').length;
}

/** Whether everything that is known to be due is due in the coming night. */
function isDueTonight({ isNight }: Words, rows: readonly ForecastRow[], now: Date): boolean {
  const due = rows.flatMap(({ next }) => (next === null ? [] : [new Date(next)]));
  return due.length > 0 && due.every((at) => at.getTime() - now.getTime() <= dayMs && isNight(at));
}
