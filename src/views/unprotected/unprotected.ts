import type { VmEntry } from '../../azure/gateway.ts';
import type { Unread } from '../../azure/partial-read.ts';
import type { Block, Button, Mark } from '../../message/card-data.ts';
import { findingInRow } from '../../message/rendering/cause-titles.ts';
import { findingPhrase } from '../../message/finding-phrase.ts';
import { unreadBlocks, unreadTitle } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { inOneCommand } from '../../core/one-command.ts';
import { sharedNames } from '../../core/vm-target.ts';
import { judge } from '../../readiness/assess/assess.ts';
import type { Judged } from '../../readiness/findings/assessment.ts';
import type { Finding } from '../../readiness/findings/finding.ts';
import { byCause, vmNames, vmsButton } from '../cause-rows.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import { readProtectedVms } from '../protected-vms.ts';
import { areListed, readVms } from '../read-vms.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { filterOf, narrowed, narrowing, rowsPerPage, showAll, type View } from '../view.ts';

/**
 * The state of a VM that no vault protects; `stopped`: backups are kept, no new ones are made; `unknown`: it may be
 * protected.
 */
type State = 'ready' | 'access' | 'blocked' | 'unread' | 'stopped' | 'unknown';
type Row = {
  readonly name: string;
  readonly group: string;
  readonly state: State;
  readonly why: Why | null;
  /** The key vaults to which Azure Backup lacks access; nothing else blocks such a VM. */
  readonly keyVaults?: readonly string[];
};
type Why = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};
type Unprotected = {
  readonly asked: string;
  readonly rows: readonly Row[];
  readonly unread: readonly Unread[];
  /** How many VMs without backup there are, and how many matching ones weren't read. */
  readonly all: number;
  readonly beyond: number;
  /** How many were judged; absent in rows of an earlier release. */
  readonly judged?: number;
  /** How many VMs that match the words are protected. */
  readonly safe: number;
};

/** Such a VM looks as if it had backups, so its row says that it has none of its own. */
const earlierVm = 'protection.other-vm';
/** More are not judged, so that one card never takes minutes of a process. */
const maxRead = 1_000;
const maxKeyVaults = 10;
const maxNamed = 20;
const order = ['ready', 'blocked', 'unread', 'stopped', 'unknown'] as const;

/**
 * `backup unprotected [words]`: VMs that no Recovery Services vault protects, with what blocks each. Words filter them
 * by name, group and region before any is read, so that in a large estate each can be reached.
 */
export const unprotectedView: View<Unprotected> = {
  name: 'unprotected',
  command: { word: 'unprotected', takes: 'words', help: [{ typed: 'unprotected', says: 'unprotected', first: true }] },
  query: readUnprotected,
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const rows = narrowed(result.rows, looking.filter, (row) => `${row.name} ${row.group} ${row.state}`);
    const page = pageBoth(accessGroups(words, rows), otherGroups(words, rows), looking.page);
    const title = titleIn(words, result, { filter: filterOf(result.asked, looking), rows });
    const head = headOf(words, result, { title, rows });
    const leading = [
      ...showAll(drawing, {
        asked: result.asked,
        all: result.all,
        command: 'backup unprotected',
        isWhole: title.unread.length === 0,
      }),
      ...narrow.buttons,
      ...pages(page.pages),
      button({ title: say('button.refresh'), verb: 'again' }),
    ];
    return {
      template: 'sheet',
      data: {
        ...head,
        subtitle: page.pages > 1 ? say('view.page', { page: page.page, pages: page.pages }) : undefined,
        body: [
          ...openAll(words, rows),
          ...accessRows(words, { rows, groups: page.groups }),
          ...order.flatMap((state) => rowsIn(words, state, { rows, shown: page.rows })),
          ...notes(words, result, head.title),
        ],
        inputs: narrow.inputs,
        buttons: leading,
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

async function readUnprotected(words: readonly string[], estate: Estate): Promise<Unprotected> {
  const { vms: listed, protectionOf, unread } = await readProtectedVms(estate);
  const asked = words.join(' ');
  const fits = narrowed(listed, asked, (vm) => `${vm.name} ${vm.resourceGroup} ${vm.region}`);
  const those = (vms: readonly VmEntry[], wanted: string) => vms.filter((vm) => protectionOf(vm) === wanted);
  const open = those(fits, 'open');
  const unjudged = (['stopped', 'unknown'] as const).flatMap((state) =>
    those(fits, state).map(({ name, resourceGroup }): Row => ({ name, group: resourceGroup, state, why: null })),
  );
  return {
    asked,
    rows: [...(await judged(open.slice(0, maxRead), estate)), ...unjudged],
    unread: [...unread.vms, ...unread.items],
    all: those(listed, 'open').length,
    beyond: Math.max(0, open.length - maxRead),
    judged: Math.min(open.length, maxRead),
    safe: those(fits, 'protected').length,
  };
}

function titleIn(
  { say }: Words,
  { asked, all, beyond, unread }: Unprotected,
  { filter, rows }: { filter: string; rows: readonly Row[] },
): ListTitle {
  const open = rows.filter(({ state }) => state !== 'stopped' && state !== 'unknown').length;
  // VMs that weren't read match the typed words; whether they match the field's is unknown.
  const count = open + (filter === asked ? beyond : 0);
  return { whole: say('unprotected.title', { count: all }), what: say('unprotected.what'), all, count, filter, unread };
}

/** What a list's title can't say: some are unknown, some are stopped, and the requested ones are safe. */
function headOf(words: Words, { safe, asked, unread }: Unprotected, { title, rows }: Listed): Head {
  const { say } = words;
  const unknown = rows.filter(({ state }) => state === 'unknown').length;
  const stopped = rows.filter(({ state }) => state === 'stopped').length;
  if (title.count === 0 && unknown > 0)
    return { mark: 'unknown', title: say('unread.title', { unread: unreadTitle(words, unread) }) };
  if (title.count === 0 && stopped > 0)
    return { mark: 'warn', title: say('unprotected.stopped-only', { count: stopped }) };
  if (title.filter === asked && asked !== '' && title.count === 0 && safe > 0)
    return { mark: 'ok', title: say('unprotected.all-protected', { count: safe, filter: asked }) };
  const mark = listMark(title, title.all > 0 ? 'warn' : 'ok');
  const main = listTitle(words, title);
  return { mark, title: unknown > 0 ? say('unprotected.some-unknown', { title: main, unknown }) : main };
}

async function judged(vms: readonly VmEntry[], { reads, readiness, azureNow }: Estate): Promise<Row[]> {
  const asks = vms.map((vm) => ({ vmId: vm.id, subscription: vm.subscription, region: vm.region }));
  const rows = await readVms(reads, { vms: asks, ...readiness, now: azureNow() }, (reading, at) =>
    rowOf(judge(reading, readiness.rules), vms[at] as VmEntry),
  );
  return [...rows];
}

function rowOf(assessment: Judged, { name, resourceGroup }: VmEntry): Row {
  const { findings } = assessment;
  const told = findings.find(({ verdict }) => verdict === 'block') ?? findings.find(({ code }) => code === earlierVm);
  const state = {
    fixable: 'access',
    blocked: 'blocked',
    unknown: 'unread',
    ready: 'ready',
    'ready-with-warnings': 'ready',
  } as const;
  const why = told ? { code: told.code, params: told.params } : null;
  const row = { name, group: resourceGroup, state: state[assessment.verdict], why };
  return row.state === 'access' ? { ...row, keyVaults: lackedBy(findings) } : row;
}

type Listed = { readonly title: ListTitle; readonly rows: readonly Row[] };
type Head = { readonly mark: Mark; readonly title: string };
/** VMs that one row names: blocked for the same reason; otherwise one. */
type Group = readonly Row[];
type Shown = { readonly rows: readonly Row[]; readonly shown: readonly Group[] };

/** The key vaults to which access is missing, each once. */
function lackedBy(findings: readonly Finding[]): string[] {
  const missing = findings.filter(
    ({ verdict, params }) => verdict === 'block' && typeof params['keyVault'] === 'string',
  );
  return [...new Set(missing.map(({ params }) => String(params['keyVault'])))];
}

/** VMs by the key vault that they lack, or by those that a VM needs together. */
type AccessGroup = readonly [keyVaults: string, vms: readonly Row[]];

/** What one grant would unblock, the most first. */
function accessGroups(words: Words, all: readonly Row[]): readonly AccessGroup[] {
  const lacking = all.filter(({ state }) => state === 'access');
  return byCause(lacking, ({ keyVaults = [] }) => words.names(keyVaults));
}

function otherGroups(words: Words, rows: readonly Row[]): readonly Group[] {
  return order.flatMap((state): readonly Group[] => {
    const mine = rows.filter((row) => row.state === state);
    if (state !== 'blocked') return mine.map((row) => [row]);
    return byCause(mine, ({ why }) => (why ? findingPhrase(words, why) : '')).map(([, group]) => group);
  });
}

/** A page has some of both, as long as there are any. */
function pageBoth(groups: readonly AccessGroup[], rows: readonly Group[], page: number) {
  const pages = Math.max(1, Math.ceil(groups.length / maxKeyVaults), Math.ceil(rows.length / rowsPerPage));
  const shown = Math.min(Math.max(1, page), pages);
  const of = <T>(all: readonly T[], each: number) => all.slice((shown - 1) * each, shown * each);
  return { groups: of(groups, maxKeyVaults), rows: of(rows, rowsPerPage), page: shown, pages };
}

/** A row for each grant on this page, under the number of all VMs that lack access. */
function accessRows(
  words: Words,
  { rows: all, groups }: { rows: readonly Row[]; groups: readonly AccessGroup[] },
): Block[] {
  const { say } = words;
  if (groups.length === 0) return [];
  const rows = groups.map(([keyVault, vms]) => ({
    text: keyVault,
    note: say('unprotected.frees', {
      vms: words.names(
        vms.map(({ name }) => name),
        maxNamed,
      ),
    }),
    button: {
      title: say('button.show-fix'),
      about: keyVault,
      verb: 'command',
      data: { command: `backup access ${vms[0]?.group}/${vms[0]?.name}` },
      withInputs: false,
    },
  }));
  const count = all.filter(({ state }) => state === 'access').length;
  return [{ kind: 'rows', heading: say('unprotected.access', { count }), rows }];
}

/** The rows of a state on this page, under its total number of VMs. */
function rowsIn(words: Words, state: (typeof order)[number], { rows, shown }: Shown): Block[] {
  const mine = shown.filter(([first]) => first?.state === state);
  if (mine.length === 0) return [];
  const heading = words.say(`unprotected.${state}`, { count: rows.filter((row) => row.state === state).length });
  const isShared = sharedNames(rows.map(({ name }) => name));
  const lines = mine.map((group) => {
    const called = group.map(({ name, group: resourceGroup }) => {
      const calledAs = `${resourceGroup}/${name}`;
      return { vm: isShared(name) ? calledAs : name, calledAs };
    });
    const [why] = group.flatMap((row) => row.why ?? []);
    const groups = words.names([...new Set(group.map((row) => row.group))], maxNamed);
    return {
      text: vmNames(words, called),
      note: why ? `${groups} · ${findingInRow(words, why, findingPhrase(words, why))}` : groups,
      button: vmsButton(words, state === 'blocked' && why ? 'fix' : 'check', called),
    };
  });
  return [{ kind: 'rows', heading, rows: lines }];
}

/** One row for all that are ready, if there are several: it comes first, since nothing else does so much at once. */
function openAll({ say }: Words, rows: readonly Row[]): Block[] {
  const names = rows.filter((row) => row.state === 'ready').map((row) => `${row.group}/${row.name}`);
  if (names.length < 2) return [];
  const some = inOneCommand(names, (name) => name);
  const command = `backup ${some.join(' ')}`;
  const [all, count] = [names.length, some.length];
  const title = all > count ? say('unprotected.first', { count }) : say('unprotected.together', { count });
  const button: Button = { title, verb: 'command', data: { command }, withInputs: false };
  return [{ kind: 'rows', rows: [{ text: say('unprotected.all-ready'), button }] }];
}

function notes(words: Words, { unread, beyond, judged = 0 }: Unprotected, title: string): Block[] {
  const { say } = words;
  const more = beyond > 0 ? [say('unprotected.beyond', { count: beyond, checked: judged })] : [];
  const listed = areListed(judged) ? [say('unprotected.by-list')] : [];
  return [
    ...unreadBlocks(words, unread, title),
    ...[...more, ...listed].map((text): Block => ({ kind: 'text', text })),
  ];
}
