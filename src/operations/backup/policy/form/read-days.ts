import { weekDays, type WeekDay } from './rules.ts';

/** How a day can be typed, in English and Dutch, in full or by its first letters. */
const spellings: Readonly<Record<WeekDay, string>> = {
  Monday: 'monday mon mo maandag maa ma',
  Tuesday: 'tuesday tues tue tu dinsdag din di',
  Wednesday: 'wednesday wed we woensdag woe wo',
  Thursday: 'thursday thurs thur thu th donderdag don do',
  Friday: 'friday fri fr vrijdag vrij vri vr',
  Saturday: 'saturday sat sa zaterdag zat za',
  Sunday: 'sunday sun su zondag zon zo',
};

const days = new Map(
  Object.entries(spellings).flatMap(([day, words]) => words.split(' ').map((word) => [word, day as WeekDay] as const)),
);

/** The days in a text, in the order of the week; or the first word that isn't a day. */
export function readDays(text: string): { readonly days: readonly WeekDay[] } | { readonly unknown: string } {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !['and', 'en'].includes(word));
  const unknown = words.find((word) => !days.has(word));
  if (unknown !== undefined) return { unknown };
  const named = new Set(words.map((word) => days.get(word)));
  return { days: weekDays.filter((day) => named.has(day)) };
}
