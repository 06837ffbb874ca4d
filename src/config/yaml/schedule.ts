import { ownOf } from '../../core/own-of.ts';
import { weekdays, type Schedule } from '../../core/schedule.ts';
import { nearestWord } from '../nearest-word.ts';
import { line } from './fields.ts';

/** A time of day, as `HH:MM`; null: never. */
export const timeOrOff = line.transform((text, context): string | null => {
  const time = readTime(text);
  if (time === null && text !== 'off')
    context.addIssue({ code: 'custom', message: 'it is not a time of day from 00:00 to 23:59, nor off' });
  return time;
});

const daysOf: Readonly<Record<string, Schedule['days']>> = {
  daily: weekdays,
  weekdays: weekdays.slice(0, 5),
  ...Object.fromEntries(weekdays.map((day) => [day, [day]])),
};

/** On which days at what time: `daily 08:30`, `weekdays 08:30`, `monday 08:30`. */
export const schedule = line.transform((text, context): Schedule => {
  const [word = '', time = '', ...more] = text.toLowerCase().split(/\s+/);
  const days = ownOf(daysOf, word);
  const at = readTime(time);
  if (days && at !== null && more.length === 0) return { days, time: at };
  context.addIssue({ code: 'custom', message: days ? 'it needs one time of day after the days' : wrongDays(word) });
  return { days: [], time: '' };
});

function wrongDays(word: string): string {
  const meant = nearestWord(word, Object.keys(daysOf));
  return `it begins with none of: ${Object.keys(daysOf).join(', ')}${meant === null ? '' : `; did you mean ${meant}?`}`;
}

function readTime(text: string): string | null {
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d\d)$/.exec(text) ?? [];
  const isTime = hour !== '' && Number(hour) < 24 && Number(minute) < 60;
  return isTime ? `${hour.padStart(2, '0')}:${minute}` : null;
}
