import { weekdays } from '../../../core/schedule.ts';
import type { Words } from '../../../message/words.ts';

/**
 * On which days and from which time drills start, in words; `starts` as written in `kluis.yaml`, with the zone if it is
 * known (`weekdays 09:00 Europe/Amsterdam`).
 */
export function startsWords({ say }: Words, starts: string): string {
  const [, named = '', at = '', zone] = /^(.*?) (\d\d?:\d\d)(?: (\S+))?$/.exec(starts) ?? [];
  const time = zone ? `${at} (${zone})` : at;
  if (named === 'daily' || named === 'weekdays') return say(`drills.${named}`, { time });
  const days = weekdays.filter((day) => named.split(', ').includes(day));
  return days.length === 0
    ? starts
    : say('drills.on-days', { days: days.map((day) => say(`weekday.${day}`)).join(', '), time });
}
