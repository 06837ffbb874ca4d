import { LRUCache } from 'lru-cache';

const quarterHour = 900_000;
const offsets = new LRUCache<string, number>({ max: 10_000 });

/**
 * How far a zone's clocks are ahead of UTC at an instant, in milliseconds. It changes at full quarters of an hour only,
 * and seldom, so what was found is kept: to ask the runtime takes a hundred times as long.
 */
export function offsetAt(instant: number, timeZone: string): number {
  const quarter = Math.floor(instant / quarterHour);
  const key = `${timeZone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const start = quarter * quarterHour;
  const [year, month, date, hours, minutes, seconds] = wallClock(new Date(start), timeZone);
  const ahead = Date.UTC(year, month - 1, date, hours, minutes, seconds) - start;
  offsets.set(key, ahead);
  return ahead;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: Date, timeZone: string): [number, number, number, number, number, number] {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, ...numeric });
  clocks.set(timeZone, clock);
  const parts = new Map(clock.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return [of('year'), of('month'), of('day'), of('hour'), of('minute'), of('second')];
}

const numeric = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
