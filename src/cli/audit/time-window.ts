/** From when (inclusive) until when (exclusive), as the log writes times; null is open. */
export type TimeWindow = { readonly from: string | null; readonly to: string | null };

const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const dayMs = 86_400_000;

/**
 * Reads `--from` and `--to`: a day (in UTC; `to` includes all of it) or a time with its zone. Anything else is a
 * problem, in words.
 */
export function readWindow(given: { from?: string; to?: string }): TimeWindow | { readonly problem: string } {
  const [from, to] = [readTime(given.from, 0), readTime(given.to, dayMs)];
  const bad = from === undefined ? given.from : to === undefined ? given.to : null;
  if (from === undefined || to === undefined)
    return { problem: `${bad} is neither a day (2026-11-24) nor a moment with its zone (2026-11-24T09:00Z)` };
  if (from !== null && to !== null && from >= to) return { problem: `${given.from} is not before ${given.to}` };
  return { from, to };
}

/** Whether a time of the log is in the window. */
export function isWithin({ from, to }: TimeWindow, at: string): boolean {
  return (from === null || at >= from) && (to === null || at < to);
}

function readTime(text: string | undefined, wholeDayMs: number): string | null | undefined {
  if (text === undefined) return null;
  const isDay = day.test(text);
  const time = isDay || moment.test(text) ? Date.parse(text) : NaN;
  // A day that isn't in the calendar would be read as one of the next month.
  if (Number.isNaN(time) || (isDay && !new Date(time).toISOString().startsWith(text))) return undefined;
  return new Date(time + (isDay ? wholeDayMs : 0)).toISOString();
}
