/** A digest as a card: the verdict, a month of nights as a calendar, and the numbers. Pure. */
import type { Block, Button, CardMessage, Mark } from '../../message/card-data.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { calendarBlocks, failedNights } from './calendar.ts';
import type { Digest } from './read-digest.ts';
import { nightsOf } from './nights.ts';

/** `due`: when it should have been posted, if it is late; `more`: buttons in addition to its own. */
type Drawing = {
  readonly words: Words;
  readonly digest: Digest;
  readonly readAt: Date;
  readonly due: Date | null;
  readonly more: readonly Button[];
};

const dayMs = 86_400_000;
const maxNames = 3;
/** The number of facts that fit on a phone next to the calendar; all are in the details. */
const factsInLine = 4;

/** The card. */
export function digestCard(drawing: Drawing): CardMessage {
  const { words, digest, readAt, due } = drawing;
  const { say } = words;
  const nights = nightsOf(digest.book, { now: readAt, timeZone: words.context.timeZone });
  const failed = failedLately(digest, readAt);
  const { mark, title } = verdictOf(words, digest, failed.length);
  const read = say('view.read-at', { at: words.dateTime(readAt) });
  const facts = factsOf(words, digest, { failed, readAt });
  const { locked = [] } = digest;
  // A vault that couldn't be read just now is told as that.
  const unread = new Set(digest.unread.map(({ name }) => name));
  const silent = digest.book.silent.map(({ vault }) => vault).filter((vault) => !unread.has(vault));
  return {
    template: 'sheet',
    data: {
      mark,
      title,
      ...(locked.length > 0 && {
        why: say('restart.title', { vms: words.names(locked, maxNames), why: say('restart.keys') }),
      }),
      body: [
        ...calendarBlocks(words, nights),
        ...(silent.length > 0
          ? [{ kind: 'text', text: say('digest.silent', { vaults: words.names(silent, maxNames) }) } as const]
          : []),
        ...unreadBlocks(words, digest.unread, title),
      ],
      buttons: [...buttonsOf(words, digest, failed.length), ...drawing.more],
      line: facts
        .slice(0, factsInLine)
        .map(({ title, value }) => `${title}: ${value}`)
        .join(' · '),
      details: [{ title: say('digest.numbers'), body: [{ kind: 'facts', facts }] }, ...failedNights(words, nights)],
      footer: due === null ? read : say('daily.late', { at: words.time(due), read }),
    },
  };
}

/** The VMs that failed within the last day and have no good backup since. */
function failedLately({ book }: Digest, readAt: Date): readonly string[] {
  const open = book.failures.filter(
    ({ at, goodAt, half }) => !half && goodAt === null && readAt.getTime() - Date.parse(at) <= dayMs,
  );
  return [...new Map(open.map(({ item, vm }) => [item, vm])).values()].sort();
}

/** The worst comes first. "Nothing is wrong" is only said if everything was read. */
function verdictOf({ say }: Words, digest: Digest, failed: number): { readonly mark: Mark; readonly title: string } {
  const { forecast, vms, book, unread } = digest;
  if (failed > 0) return { mark: 'failed', title: say('digest.failed', { count: failed, fails: forecast.fails }) };
  if (forecast.fails > 0) return { mark: 'warn', title: say('status.will', { count: forecast.fails }) };
  const isWhole = unread.length + book.silent.length + forecast.unread + vms.unknown === 0;
  if (!isWhole) return { mark: 'unknown', title: say('digest.unread') };
  if (forecast.lost > 0) return { mark: 'warn', title: say('forecast.clear-but', { count: forecast.lost }) };
  if (forecast.old > 0) return { mark: 'warn', title: say('forecast.old-too', { count: forecast.old }) };
  if (vms.protected === 0) return { mark: 'info', title: say('forecast.none') };
  return { mark: 'ok', title: say('digest.good', { count: vms.protected }) };
}

type Told = { readonly failed: readonly string[]; readonly readAt: Date };

function factsOf(words: Words, digest: Digest, { failed, readAt }: Told): Extract<Block, { kind: 'facts' }>['facts'] {
  const { say } = words;
  const { vms, exposed, without, waiting, drills, book, unread } = digest;
  const ago = (at: string) => words.duration(Math.max(0, readAt.getTime() - Date.parse(at)));
  const oldest = exposed ? [say('digest.exposed-vm', { vm: exposed.vm, ago: ago(exposed.at) })] : [];
  const never = without.length > 0 ? [say('digest.without', { vms: words.names(without, maxNames) })] : [];
  const [isWhole, isWatched] = [unread.length === 0, unread.length + book.silent.length === 0];
  const none = (isKnown: boolean) => say(isKnown ? 'digest.none' : 'digest.none-known');
  const atLeast = (what: string, isKnown: boolean) => (isKnown ? what : say('status.at-least', { what }));
  const failing = failed.length > 0 ? atLeast(words.names(failed, maxNames), isWatched) : none(isWatched);
  const exposure = [...never, ...oldest].join(' · ');
  return [
    { title: say('digest.protected'), value: atLeast(say('digest.protected-of', vms), isWhole) },
    { title: say('digest.unprotected'), value: say('digest.unprotected-of', vms) },
    { title: say('digest.failed-lately'), value: failing },
    { title: say('digest.forecast'), value: forecastText(words, digest, isWhole) },
    { title: say('digest.exposed'), value: exposure === '' ? none(isWhole) : atLeast(exposure, isWhole) },
    { title: say('digest.waiting'), value: say('digest.waiting-of', waiting) },
    ...(drills ? [{ title: say('digest.drills'), value: drillsText(words, drills) }] : []),
  ];
}

/** VMs that couldn't be read, or that an unread vault may protect, are never among those that are fine. */
function forecastText({ say }: Words, { forecast, vms }: Digest, isWhole: boolean): string {
  const unread = forecast.unread + vms.unknown;
  const { fails } = forecast;
  const isKnown = isWhole && unread === 0;
  const known = say('digest.will-fail', { count: fails });
  const first = isKnown
    ? known
    : fails === 0
      ? say('digest.none-known-to-fail')
      : say('status.at-least', { what: known });
  return say('digest.forecast-of', { ...forecast, first, unread });
}

function drillsText(words: Words, { due, failed, notAllowed }: NonNullable<Digest['drills']>): string {
  const { say } = words;
  const waits = notAllowed.length > 0 ? [say('digest.drills-wait', { names: words.names(notAllowed, maxNames) })] : [];
  return [say('digest.drills-of', { due, failed }), ...waits].join(' · ');
}

/** Each opens what it counts. */
function buttonsOf({ say }: Words, { forecast, vms, waiting, drills }: Digest, failed: number): Button[] {
  const button = (title: string, command: string): Button => ({
    title,
    verb: 'command',
    data: { command },
    withInputs: false,
  });
  const first = (one: Button): Button => ({ ...one, style: 'positive' });
  const soonest = (one: Button) => (failed === 0 && forecast.fails > 0 ? first(one) : one);
  return [
    ...(failed > 0 ? [first(button(say('status.show-failed'), 'backup jobs failed'))] : []),
    ...(forecast.fails + forecast.lost + forecast.risky + forecast.old + forecast.unread > 0
      ? [soonest(button(say('digest.show-forecast'), 'backup forecast'))]
      : []),
    ...(vms.open + vms.stopped + vms.unknown > 0 ? [button(say('status.show-open'), 'backup unprotected')] : []),
    ...(drills && drills.due + drills.failed + drills.notAllowed.length > 0
      ? [button(say('digest.show-drills'), 'backup drills')]
      : []),
    ...(waiting.approvals + waiting.reviews > 0 ? [button(say('digest.show-waiting'), 'backup approvals')] : []),
  ];
}
