/** A month of nights as a calendar, and the same in words. */
import type { Block, Cell, Section } from '../../message/card-data.ts';
import { formatter } from '../../message/date-formatter.ts';
import type { Words } from '../../message/words.ts';
import { weeksOf, type Night } from './nights.ts';

const signs = { good: '✓', half: '~', failed: '✗', none: '–', unknown: '?' } as const satisfies Record<
  Night['state'],
  string
>;
const tones = {
  good: 'good',
  half: 'emphasis',
  failed: 'attention',
  none: 'emphasis',
  unknown: 'emphasis',
} as const satisfies Record<Night['state'], Cell['tone']>;
/** A Monday. */
const monday = Date.UTC(2026, 0, 5);
const dayMs = 86_400_000;
const [maxNights, maxNames] = [30, 8];

/** The calendar: a sentence about what it shows, and the table. */
export function calendarBlocks(words: Words, nights: readonly Night[]): Block[] {
  const head = Array.from({ length: 7 }, (_, day) =>
    formatter(words.context.locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(monday + day * dayMs)),
  );
  const rows = weeksOf(nights).map((week) =>
    week.map((night): Cell => {
      if (night === null) return { text: '' };
      // The space doesn't break, so that a day and its sign stay in one line on a phone.
      return { text: `${Number(night.day.slice(8))}\u00a0${signs[night.state]}`, tone: tones[night.state] };
    }),
  );
  return [
    { kind: 'text', text: inWords(words, nights), tone: 'strong' },
    { kind: 'table', head, rows },
    { kind: 'text', text: legend(words, nights) },
  ];
}

/** People who can't see the table read the same here. Unknown nights are never part of an all-clear. */
function inWords({ say }: Words, nights: readonly Night[]): string {
  const count = (state: Night['state']) => nights.filter((night) => night.state === state).length;
  const [failed, unknown] = [count('failed'), count('unknown')];
  const clear = unknown > 0 ? say('digest.no-failed-known') : say('digest.no-failed');
  const lead = failed > 0 ? say('digest.nights-failed', { count: failed }) : clear;
  return say('digest.nights', { lead, half: count('half'), good: count('good'), none: count('none'), unknown });
}

const states = ['good', 'failed', 'half', 'none', 'unknown'] as const satisfies readonly Night['state'][];

/** From when until when, and what the signs mean that are in the calendar. */
function legend(words: Words, nights: readonly Night[]): string {
  const [first, last] = [nights[0], nights.at(-1)].map((night) => (night ? words.day(night.day) : ''));
  const drawn = states.filter((state) => nights.some((night) => night.state === state));
  return [`${first} – ${last}`, ...drawn.map((state) => words.say(`digest.sign.${state}`))].join(' · ');
}

/** Each night with failures, the newest first, with the VMs. */
export function failedNights(words: Words, nights: readonly Night[]): Section[] {
  const { say } = words;
  const failed = nights.filter((night) => night.failed.length + night.half.length > 0).toReversed();
  if (failed.length === 0) return [];
  const items = failed.slice(0, maxNights).map((night) => ({
    text: words.day(night.day),
    note: [
      ...(night.failed.length > 0
        ? [say('digest.night', { count: night.failed.length, vms: words.names(night.failed, maxNames) })]
        : []),
      ...(night.half.length > 0
        ? [say('digest.night-half', { count: night.half.length, vms: words.names(night.half, maxNames) })]
        : []),
    ].join(' · '),
  }));
  return [{ title: say('digest.failed-nights'), body: [{ kind: 'list', items }] }];
}
