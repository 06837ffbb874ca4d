import { sharedNames } from '../../core/vm-target.ts';
import type { Block, Button, Mark } from '../../message/card-data.ts';
import { findingInRow } from '../../message/rendering/cause-titles.ts';
import { dueText } from '../../message/due-text.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { byCause, stopButton, vmNames, vmsButton, type CalledVm } from '../cause-rows.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import { buttonsOf, filterOf, narrowed, narrowing, pageOf, showAll, type View } from '../view.ts';
import { readProtectedRows, states, textOf, type ProtectedRow, type ProtectedRows } from './protected-rows.ts';

type Protected = ProtectedRows & { readonly asked: string };
type State = ProtectedRow['state'];

/**
 * `backup protected [words]`: the VMs in Recovery Services vaults, with last good backup, next run and problem, the
 * worst first, with the fix. Those with the same problem share a row.
 */
export const protectedView: View<Protected> = {
  name: 'protected',
  command: { word: 'protected', takes: 'words', help: [{ typed: 'protected', says: 'protected' }] },
  query: async (words, estate) => {
    const asked = words.join(' ');
    return { asked, ...(await readProtectedRows(asked, estate)) };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const filter = filterOf(result.asked, looking);
    const rows = narrowed(result.rows, filter, textOf);
    const page = pageOf(groupsOf(words, rows), looking.page);
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
          ...states.flatMap((state) => rowsIn(words, state, { rows, shown: page.rows, now: readAt })),
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

/** VMs in the same state for the same reason; one alone if the checks name none. */
type Group = readonly [ProtectedRow, ...ProtectedRow[]];

/** The worst first; of two equally bad ones, the one with more VMs. */
function groupsOf(words: Words, rows: readonly ProtectedRow[]): readonly Group[] {
  const causeOf = (row: ProtectedRow) =>
    row.of === null && row.finding ? words.finding(row.finding).title : `${row.vault}/${row.group}/${row.name}`;
  return states.flatMap((state) => {
    const mine = rows.filter((row) => row.state === state);
    return byCause(mine, causeOf).map(([, group]) => group as Group);
  });
}

type Shown = { readonly rows: readonly ProtectedRow[]; readonly shown: readonly Group[]; readonly now: Date };

/** The rows of a state on this page, under its total number of VMs. */
function rowsIn(words: Words, state: State, { rows, shown, now }: Shown): Block[] {
  const mine = shown.filter(([first]) => first.state === state);
  if (mine.length === 0) return [];
  const count = rows.filter((row) => row.state === state).length;
  const heading =
    state === 'will-fail' ? words.say('status.will-fail', { count }) : words.say(`protected-vms.${state}`, { count });
  const isShared = sharedNames(rows.map(({ name }) => name));
  const lines = mine.map((group) => {
    const called = group.map(({ name, group: resourceGroup }): CalledVm => {
      const calledAs = `${resourceGroup}/${name}`;
      return { vm: isShared(name) ? calledAs : name, calledAs };
    });
    const button = buttonOf(words, group, called);
    return { text: vmNames(words, called), note: noteOf(words, group, now), ...(button && { button }) };
  });
  return [{ kind: 'rows', heading, rows: lines }];
}

/** What is wrong, when it was last good, and when it runs next. */
function noteOf(words: Words, group: Group, now: Date): string {
  const { say } = words;
  const time = (iso: string) => words.said(new Date(iso), now);
  const [row] = group;
  const failedAt = group
    .flatMap((one) => one.failedAt ?? [])
    .toSorted()
    .at(-1);
  const [next] = group.filter((one) => one.next).toSorted((a, b) => String(a.next).localeCompare(String(b.next)));
  const told = [
    row.of && say(`protected-vms.${row.of}`),
    row.finding && findingInRow(words, row.finding),
    failedAt && say('protected-vms.failed', { at: time(failedAt) }),
    ...lastOf(words, group, now),
    next?.next && say('status.next', { at: dueText(words, time(next.next), next) }),
    row.keptUntil && say('protected-vms.kept', { at: time(row.keptUntil) }),
    row.state === 'healthy' && row.checked === 'clear' && say('status.fine'),
    words.names([...new Set(group.map(({ vault }) => vault))]),
  ];
  return told.filter(Boolean).join(' · ');
}

/** The last good backup; of several VMs the oldest one, and how many have none. */
function lastOf({ say, said }: Words, group: Group, now: Date): string[] {
  const [oldest, ...later] = group.flatMap(({ last }) => last ?? []).toSorted();
  if (oldest === undefined) return [say('status.never')];
  const never = group.length - 1 - later.length;
  const isOfAll = never === 0 && later.every((last) => last === oldest);
  const at = said(new Date(oldest), now);
  return [
    say(isOfAll ? 'failures.good' : 'protected-vms.last-of-several', { at }),
    ...(never > 0 ? [say('protected-vms.never', { count: never })] : []),
  ];
}

/** Its fix; for a VM that no longer exists, that its backups stop. */
function buttonOf(words: Words, [row]: Group, called: readonly CalledVm[]): Button | null {
  const { say } = words;
  const [{ vm, calledAs }] = called as readonly [CalledVm];
  const runs = row.state === 'failing' || row.state === 'will-fail';
  if (row.of === 'gone') return runs ? stopButton(words, { vm, calledAs }) : null;
  if (row.state === 'failing' && !row.finding) {
    const data = { command: `backup job ${calledAs}` };
    return { title: say('button.show-job'), about: vm, verb: 'command', data, withInputs: false };
  }
  return isBad(row) ? vmsButton(words, row.finding ? 'fix' : 'check', called) : null;
}

function beyond({ say }: Words, count: number): Block[] {
  return count > 0 ? [{ kind: 'text', text: say('protected-vms.beyond', { count }) }] : [];
}
