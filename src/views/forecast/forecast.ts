import type { Block, Mark, Section } from '../../message/card-data.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import { buttonsOf, filterOf, narrowed, narrowing, pageOf, showAll, type View } from '../view.ts';
import type { AdeLeft, AdeVm } from './ade-left.ts';
import { causeBlocks, causesOf, vmsIn } from './causes.ts';
import { readForecastFacts } from './forecast-facts.ts';
import { forecastOf, type Forecast, type ForecastRow } from './forecast-of.ts';
import { verdictOf } from './verdict.ts';

type Asked = Forecast & { readonly asked: string };

/**
 * `backup forecast [words]`: which protected VMs will fail at their next backup, and which couldn't be restored today,
 * by cause with its fix; below that, the VMs that still use Azure Disk Encryption.
 */
export const forecastView: View<Asked> = {
  name: 'forecast',
  command: { word: 'forecast', takes: 'words', help: [{ typed: 'forecast', says: 'forecast' }] },
  shape: 2,
  query: async (args, estate) => {
    const asked = args.join(' ');
    const first = (vm: string) => narrowed([vm], asked, (name) => name).length > 0;
    return { asked, ...forecastOf(await readForecastFacts(estate, { first })) };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const shown = shownOf(result, filterOf(result.asked, looking));
    const { rows, unread } = shown;
    const page = pageOf(causesOf(words, rows, readAt), looking.page);
    const verdict = (of: Forecast['rows']) => verdictOf(words, { rows: of, unread, now: readAt });
    const match = titleIn(words, shown, verdict(result.rows).title);
    const { title, why } = headOf(words, shown, { match, verdict: verdict(rows) });
    const narrow = narrowing(drawing, shown.all);
    const isWhole = unread.length === 0;
    const unfiltered = { asked: result.asked, all: shown.all, command: 'backup forecast', isWhole };
    const again = button({ title: say('button.refresh'), verb: 'again' });
    return {
      template: 'sheet',
      data: {
        mark: listMark({ ...match, unread }, markOf(rows, isWhole)),
        title,
        subtitle: page.pages > 1 ? say('view.page', { page: page.page, pages: page.pages }) : undefined,
        why,
        body: [
          ...causeBlocks(words, { causes: page.rows, rows, now: readAt }),
          ...unreadBlocks(words, unread, title),
          ...adeLine(words, shown.ade),
        ],
        inputs: narrow.inputs,
        buttons: buttonsOf([], [...showAll(drawing, unfiltered), ...narrow.buttons, ...pages(page.pages), again]),
        line: lineOf(words, { rows, isWhole, now: readAt }),
        details: adeSection(words, shown.ade),
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

type Shown = Forecast & { readonly filter: string; readonly all: number };

/** The part of a forecast that matches the words. */
function shownOf({ rows, ade, unread }: Forecast, filter: string): Shown {
  return {
    filter,
    all: rows.length,
    rows: narrowed(rows, filter, ({ name, group, vault }) => `${name} ${group} ${vault}`),
    ade: { ...ade, vms: narrowed(ade.vms, filter, ({ name, group, owner }) => `${name} ${group} ${owner ?? ''}`) },
    unread,
  };
}

/** How many VMs match the words, if none does or there are none. The verdict itself mentions what couldn't be read. */
function titleIn({ say }: Words, { rows, unread, filter, all }: Shown, whole: string): ListTitle {
  const isTold = all > 0 && filter === '';
  const none = rows.length === 0 && filter !== '';
  return {
    whole: none && all > 0 ? say('forecast.count', { count: all }) : whole,
    what: say('forecast.what'),
    all,
    count: rows.length,
    filter,
    unread: isTold ? [] : unread,
  };
}

type Head = { readonly title: string; readonly why?: string | undefined };

/** The title is the verdict on the VMs that match, and the sentence below it says how many do. */
function headOf(
  words: Words,
  { filter, rows }: Shown,
  { match, verdict: { title, why } }: { readonly match: ListTitle; readonly verdict: ReturnType<typeof verdictOf> },
): Head {
  const matched = listTitle(words, match);
  if (rows.length === 0) return { title: matched };
  if (filter === '') return { title: matched, why: why || undefined };
  return { title, why: [matched, why].filter(Boolean).join(' · ') };
}

/** The icon of a forecast. */
export function markOf(rows: readonly ForecastRow[], isWhole: boolean): Mark {
  const some = (section: Parameters<typeof vmsIn>[0]) => vmsIn(section, rows).length > 0;
  if (some('fails') || some('lost') || some('at-risk') || some('old')) return 'warn';
  return isWhole && !some('unread') && rows.length > 0 ? 'ok' : rows.length === 0 && isWhole ? 'info' : 'unknown';
}

type Line = { readonly rows: readonly ForecastRow[]; readonly isWhole: boolean; readonly now: Date };

/** How many VMs it covers, and when the first of them is due. */
export function lineOf(words: Words, { rows, isWhole, now }: Line): string | undefined {
  const { say } = words;
  if (rows.length === 0) return undefined;
  const [next] = rows.flatMap((row) => row.next ?? []).sort();
  const whole = say('forecast.count', { count: rows.length });
  return [
    isWhole ? whole : say('status.at-least', { what: whole }),
    next ? say('forecast.next', { at: words.said(new Date(next), now) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The countdown, if a VM still has it or that is unknown. */
function adeLine({ say }: Words, ade: AdeLeft): Block[] {
  if (ade.vms.length === 0) return [];
  const whole = say('forecast.ade', { count: ade.vms.length, days: ade.days });
  return [{ kind: 'text', text: isPartial(ade) ? say('view.at-least', { whole }) : whole }];
}

const maxOwners = 20;

/** Whose they are, and what their recovery points will be worth afterwards. */
function adeSection(words: Words, ade: AdeLeft): Section[] {
  const { say } = words;
  if (ade.vms.length === 0) return [];
  const owners = [...Map.groupBy(ade.vms, ({ owner }: AdeVm) => owner ?? '')].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const value = (count: number) => (isPartial(ade) ? say('status.at-least', { what: String(count) }) : String(count));
  const told = owners
    .slice(0, maxOwners)
    .map(([owner, vms]) => ({ title: owner || say('forecast.no-owner'), value: value(vms.length) }));
  const others = owners.slice(maxOwners).flatMap(([, vms]) => vms);
  const more = others.length > 0 ? [{ title: say('forecast.other-owners'), value: value(others.length) }] : [];
  return [
    {
      title: say('forecast.ade-by-owner'),
      body: [
        { kind: 'facts', facts: [...told, ...more] },
        ...[...unreadAde(words, ade), say('forecast.ade-after')].map((text): Block => ({ kind: 'text', text })),
      ],
    },
  ];
}

function unreadAde({ say }: Words, { unknown, unread }: AdeLeft): string[] {
  return [
    ...(unknown > 0 ? [say('forecast.ade-unknown', { count: unknown })] : []),
    ...(unread > 0 ? [say('forecast.ade-unlisted', { count: unread })] : []),
  ];
}

function isPartial({ unknown, unread }: AdeLeft): boolean {
  return unknown + unread > 0;
}
