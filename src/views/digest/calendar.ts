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
      return { text: `${Number(night.day.slice(8))} ${signs[night.state]}`, tone: tones[night.state] };
    }),
  );
  return [
    { kind: 'text', text: inWords(words, nights), tone: 'strong' },
    { kind: 'table', head, rows },
  ];
}

/** People who can't see the table read the same here. Unknown nights are never part of an all-clear. */
function inWords({ say }: Words, nights: readonly Night[]): string {
  const count = (state: Night['state']) => nights.filter((night) => night.state === state).length;
  const unknown = count('unknown');
  const counts = { failed: count('failed'), half: count('half'), good: count('good'), none: count('none') };
  return [
    say('digest.nights', { nights: nights.length, ...counts }),
    ...(unknown > 0 ? [say('digest.nights-unknown', { count: unknown })] : []),
  ].join(' ');
}

/** A legend, and each night with failures, the newest first, with the VMs. */
export function calendarSections(words: Words, nights: readonly Night[]): Section[] {
  const signs: Block = { kind: 'text', text: words.say('digest.signs') };
  return [...failedNights(words, nights), { title: words.say('digest.calendar'), body: [signs] }];
}

function failedNights(words: Words, nights: readonly Night[]): Section[] {
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
