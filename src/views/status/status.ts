import type { JobFacts, ProtectedItem, VmEntry } from '../../azure/gateway.ts';
import { groupAndName, firstOfEachVm } from '../../azure/job-vm.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import type { CardMessage, Mark } from '../../message/card-data.ts';
import { unreadBlocks, unreadTitle } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { standingOf } from '../protected-vms.ts';
import type { View, ViewDrawing, ViewPorts } from '../view.ts';
import { drawTable, readTable, type StatusTable } from './status-table.ts';

type Status = {
  readonly vms: number;
  readonly protectedVms: number;
  readonly stopped: number;
  readonly open: number;
  /** VMs that what could not be read may protect. */
  readonly unknown: number;
  readonly failedVms: readonly string[];
  readonly running: readonly string[];
  /** What could not be read: lists of VMs, of protected items, of jobs. */
  readonly unread: {
    readonly vms: readonly Unread[];
    readonly items: readonly Unread[];
    readonly jobs: readonly Unread[];
  };
};

const dayMs = 86_400_000;

/** `backup status`: of the VMs that are named, a table; without any, how the estate stands, in five numbers, each of them only of what was read. */
export const statusView: View<Status | StatusTable> = {
  name: 'status',
  command: { word: 'status', takes: 'words', asks: 'status' },
  query: (names, ports) => (names.length === 0 ? readStatus(ports) : readTable(names, ports)),
  draw: ({ result, ...drawing }) =>
    'table' in result ? drawTable({ ...drawing, result }) : drawStatus({ ...drawing, result }),
};

function drawStatus({ words, result, readAt, button }: ViewDrawing<Status>): CardMessage {
  const { say } = words;
  const { vms, items, jobs } = result.unread;
  const command = (title: string, text: string) => ({
    title,
    verb: 'command',
    data: { command: text },
    withInputs: false,
  });
  return {
    template: 'sheet',
    data: {
      mark: markOf(result),
      title: titleOf(words, result),
      body: [{ kind: 'facts', facts: factsOf(words, result) }, ...unreadBlocks(words, [...vms, ...items, ...jobs])],
      buttons: [
        ...(result.failedVms.length > 0 ? [command(say('status.show-failed'), 'backup jobs failed')] : []),
        ...(result.open > 0 ? [command(say('status.show-open'), 'backup unprotected')] : []),
        button({ title: say('button.check-again'), verb: 'again' }),
      ],
      footer: say('view.read-at', { at: words.dateTime(readAt) }),
    },
  };
}

async function readStatus({ reads, subscriptions, vms, now }: ViewPorts): Promise<Status> {
  const vaults = await readVaults(reads, subscriptions);
  const window = { from: new Date(now.getTime() - dayMs), to: new Date(now.getTime() + 300_000) };
  const items = await perVault(vaults.read, (vault) => reads.protectedItems(vault.id));
  const jobs = await perVault(vaults.read, (vault) => reads.jobs(vault.id, window));
  const listed = await vms();
  const unread = {
    vms: listed.unread,
    items: [...vaults.unread, ...items.unread],
    jobs: [...vaults.unread, ...jobs.unread],
  };
  return {
    ...countsOf(listed.read, items.read.flat(), unread.items),
    failedVms: vmsOf(jobs.read.flat(), /^Failed$/i),
    running: vmsOf(jobs.read.flat(), /^(InProgress|Cancelling)$/i),
    unread,
  };
}

function countsOf(vms: readonly VmEntry[], items: readonly ProtectedItem[], unread: readonly Unread[]) {
  const standing = standingOf(items, unread);
  const all = vms.map(standing);
  const count = (wanted: ReturnType<typeof standing>) => all.filter((one) => one === wanted).length;
  return {
    vms: vms.length,
    protectedVms: count('protected'),
    stopped: count('stopped'),
    open: count('open'),
    unknown: count('unknown'),
  };
}

/** The VMs that have a job of this status, each once; those that share a name with their group. */
function vmsOf(jobs: readonly JobFacts[], status: RegExp): string[] {
  const found = firstOfEachVm(jobs.filter((job) => status.test(job.status)).map((job) => ({ job })));
  const isShared = (name: string) => found.filter(({ job }) => job.vmName === name).length > 1;
  return found.map(({ job }) => (isShared(job.vmName) ? groupAndName(job) : job.vmName));
}

function markOf({ failedVms, unread }: Status): Mark {
  if (failedVms.length > 0) return 'warn';
  return unread.jobs.length > 0 ? 'unknown' : 'ok';
}

function titleOf(words: Words, { failedVms: { length: count }, unread: { jobs } }: Status): string {
  const { say } = words;
  if (jobs.length === 0) return say('status.title', { count });
  return count === 0 ? say('unread.title', { unread: unreadTitle(words, jobs) }) : say('status.title-least', { count });
}

function factsOf(words: Words, result: Status) {
  const { say, names } = words;
  const { vms, items, jobs } = result.unread;
  const list = (found: readonly string[]) => (found.length > 0 ? names(found, 8) : say('status.none'));
  const atLeast = (what: string, isNone: boolean, unread: readonly Unread[]) => {
    if (unread.length === 0) return what;
    return isNone ? say('status.not-known') : say('status.at-least', { what });
  };
  const counted = (count: number, unread: readonly Unread[]) => atLeast(String(count), count === 0, unread);
  const named = (found: readonly string[]) => atLeast(list(found), found.length === 0, jobs);
  const unknown = say('status.unknown-vms', { count: result.unknown });
  return [
    { title: say('status.protected'), value: protectedOf(words, result) },
    { title: say('status.open'), value: counted(result.open, [...vms, ...items]) },
    ...(result.unknown > 0 ? [{ title: say('status.unknown'), value: unknown }] : []),
    { title: say('status.stopped'), value: counted(result.stopped, [...vms, ...items]) },
    { title: say('status.failed'), value: named(result.failedVms) },
    { title: say('status.running'), value: named(result.running) },
  ];
}

/** A share only of the VMs of which it is known. */
function protectedOf({ say }: Words, { protectedVms: count, vms, unknown, unread }: Status): string {
  const all = vms - unknown;
  if (unread.items.length > 0) return say('status.of-known', { count, all });
  return say(unread.vms.length > 0 ? 'status.of-listed' : 'status.of', { count, all });
}
