import { sharedNames } from '../../core/vm-target.ts';
import type { Block, Button, Mark } from '../../message/card-data.ts';
import { dueText } from '../../message/due-text.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import { buttonsOf, filterOf, narrowed, narrowing, pageOf, showAll, type View } from '../view.ts';
import { readProtectedRows, states, textOf, type ProtectedRow, type ProtectedRows } from './protected-rows.ts';

type Protected = ProtectedRows & { readonly asked: string };
type State = ProtectedRow['state'];

/**
 * `backup protected [words]`: the VMs in Recovery Services vaults, with last good backup, next run and problem, the
 * worst first, each with its fix.
 */
export const protectedView: View<Protected> = {
  name: 'protected',
  command: { word: 'protected', takes: 'words' },
  query: async (words, ports) => {
    const asked = words.join(' ');
    return { asked, ...(await readProtectedRows(asked, ports)) };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const filter = filterOf(result.asked, looking);
    const rows = narrowed(result.rows, filter, textOf);
    const page = pageOf(
      rows.toSorted((a, b) => states.indexOf(a.state) - states.indexOf(b.state)),
      looking.page,
    );
    const title = titleIn(words, result, { filter, rows });
    const { asked, rows: all, unread } = result;
    const isWhole = unread.length === 0;
    return {
      template: 'sheet',
      data: {
        mark: listMark(title, markOf(rows, isWhole)),
        title: listTitle(words, title),
        subtitle: page.pages > 1 ? say('view.page', { page: page.page, pages: page.pages }) : undefined,
        body: [
          ...states.flatMap((state) => groupOf(words, state, { rows, shown: page.rows })),
          ...unreadBlocks(words, unread, listTitle(words, title)),
          ...beyond(words, result.unchecked),
        ],
        inputs: narrow.inputs,
        buttons: buttonsOf(
          [],
          [
            ...showAll(drawing, { asked, all: all.length, command: 'backup protected', isWhole }),
            ...narrow.buttons,
            ...pages(page.pages),
            button({ title: say('button.refresh'), verb: 'again' }),
          ],
        ),
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

/** Those that need somebody: what couldn't be read completely may be in order. */
function isBad({ state }: ProtectedRow): boolean {
  return state !== 'healthy' && state !== 'unknown';
}

function titleIn(
  { say }: Words,
  { rows: all, unread }: Protected,
  { filter, rows }: { filter: string; rows: readonly ProtectedRow[] },
): ListTitle {
  const counts = (some: readonly ProtectedRow[]) => ({
    bad: some.filter(isBad).length,
    unsure: some.filter((row) => !isBad(row) && row.checked !== 'clear').length,
  });
  const whole = say('protected-vms.title', { count: all.length, ...counts(all) });
  const told = { verdict: say('protected-vms.bad', counts(rows)), isClear: !rows.some(isBad) };
  return { whole, what: say('protected-vms.what'), all: all.length, count: rows.length, filter, unread, ...told };
}

function markOf(rows: readonly ProtectedRow[], isWhole: boolean): Mark {
  if (rows.some(({ state }) => state === 'failing')) return 'failed';
  if (rows.some(isBad)) return 'warn';
  return isWhole && rows.length > 0 && rows.every(({ checked }) => checked === 'clear') ? 'ok' : 'info';
}

type Shown = { readonly rows: readonly ProtectedRow[]; readonly shown: readonly ProtectedRow[] };

/** The rows of a state on this page, under their total number. */
function groupOf(words: Words, state: State, { rows, shown }: Shown): Block[] {
  const mine = shown.filter((row) => row.state === state);
  if (mine.length === 0) return [];
  const count = rows.filter((row) => row.state === state).length;
  const heading =
    state === 'will-fail' ? words.say('status.will-fail', { count }) : words.say(`protected-vms.${state}`, { count });
  const isShared = sharedNames(rows.map(({ name }) => name));
  const lines = mine.map((row) => {
    const vm = isShared(row.name) ? `${row.group}/${row.name}` : row.name;
    const button = buttonOf(words, row, vm);
    return { text: vm, note: noteOf(words, row), ...(button && { button }) };
  });
  return [{ kind: 'rows', heading, rows: lines }];
}

/** What is wrong, when it was last good, and when it runs next. */
function noteOf(words: Words, row: ProtectedRow): string {
  const { say } = words;
  const time = (iso: string) => words.dateTime(new Date(iso));
  const told = [
    row.of && say(`protected-vms.${row.of}`),
    row.finding && words.finding(row.finding).title,
    row.failedAt && say('protected-vms.failed', { at: time(row.failedAt) }),
    row.last ? say('failures.good', { at: time(row.last) }) : say('status.never'),
    row.next && say('status.next', { at: dueText(words, time(row.next), row) }),
    row.keptUntil && say('protected-vms.kept', { at: time(row.keptUntil) }),
    row.state === 'healthy' && row.checked === 'clear' && say('status.fine'),
    row.vault,
  ];
  return told.filter(Boolean).join(' · ');
}

/** Its fix; for a VM that no longer exists, that its backups stop. */
function buttonOf({ say }: Words, row: ProtectedRow, vm: string): Button | null {
  const name = `${row.group}/${row.name}`;
  const button = (title: string, command: string): Button => ({
    title,
    about: vm,
    verb: 'command',
    data: { command },
    withInputs: false,
  });
  const runs = row.state === 'failing' || row.state === 'will-fail';
  if (row.of === 'gone') return runs ? button(say('forecast.stop'), `backup stop ${name}`) : null;
  if (row.state === 'failing' && !row.finding) return button(say('button.show-job'), `backup job ${name}`);
  if (!isBad(row)) return null;
  return button(say(row.finding ? 'button.show-fix' : 'button.check'), `backup ${name}`);
}

function beyond({ say }: Words, count: number): Block[] {
  return count > 0 ? [{ kind: 'text', text: say('protected-vms.beyond', { count }) }] : [];
}
