import type { JobFacts, VmEntry } from '../../azure/gateway.ts';
import { groupAndName, firstOfEachVm, vmKeyOfJob } from '../../azure/job-vm.ts';
import { perVault, type Unread } from '../../azure/partial-read.ts';
import { keyOfId, parseArmId } from '../../core/arm-id.ts';
import { sharedNames } from '../../core/vm-target.ts';
import type { Block, CardMessage, Mark } from '../../message/card-data.ts';
import { findingInRow } from '../../message/rendering/cause-titles.ts';
import { unreadBlocks, unreadTitle } from '../../message/unread-words.ts';
import type { Words } from '../../message/words.ts';
import { byCause, vmNames, vmsButton } from '../cause-rows.ts';
import { failedVms, failureRows, type Failures } from '../jobs/failure-rows.ts';
import { rowOf } from '../jobs/job-row.ts';
import { lastGoodOf } from '../jobs/last-good.ts';
import { explainedBy, whysNow, type WhyNow } from '../jobs/why-now.ts';
import { readProtectedVms, type ProtectedVms } from '../protected-vms.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { rowsPerPage, type View, type ViewDrawing } from '../view.ts';
import { drawTable, readTable, type StatusTable } from './status-table.ts';

type Status = {
  readonly vms: number;
  readonly protectedVms: number;
  readonly stopped: number;
  readonly open: number;
  /** VMs that may be protected by vaults that couldn't be read. */
  readonly unknown: number;
  /** Jobs that failed in the last day, newest first, and the last good backup of each of their VMs. */
  readonly failures: Failures;
  /** Protected VMs whose next backup will fail too, each with why. */
  readonly willFail: readonly WillFail[];
  /** How many protected VMs couldn't be read completely. */
  readonly unsure: number;
  readonly running: readonly string[];
  /** What couldn't be read: lists of VMs, of protected items, of jobs. */
  readonly unread: {
    readonly vms: readonly Unread[];
    readonly items: readonly Unread[];
    readonly jobs: readonly Unread[];
  };
};

type WillFail = { readonly vm: string; readonly calledAs: string; readonly finding: NonNullable<WhyNow['finding']> };

const dayMs = 86_400_000;

/**
 * `backup status`: a table of the named VMs; without names, what failed and what will, then the state of the estate,
 * based only on what was read.
 */
export const statusView: View<Status | StatusTable> = {
  name: 'status',
  command: {
    word: 'status',
    takes: 'words',
    asks: 'status',
    help: [
      { typed: 'status', says: 'status-all', first: true },
      { typed: 'status {vm}', says: 'status' },
    ],
  },
  query: (names, estate) => (names.length === 0 ? readStatus(estate) : readTable(names, estate)),
  draw: ({ result, ...drawing }) =>
    'table' in result ? drawTable({ ...drawing, result }) : drawStatus({ ...drawing, result }),
};

function drawStatus({ words, result, readAt, button }: ViewDrawing<Status>): CardMessage {
  const { say } = words;
  const { vms, items, jobs } = result.unread;
  const verdict = verdictOf(words, result);
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
      ...verdict,
      body: [
        ...failureRows(words, { ...result.failures, readAt }),
        ...willFailRows(words, result.willFail),
        ...unreadBlocks(words, [...vms, ...items, ...jobs], verdict.title),
      ],
      buttons: [
        ...(result.failures.failed.length > 0 ? [command(say('status.show-failed'), 'backup jobs failed')] : []),
        ...(result.open > 0 ? [command(say('status.show-open'), 'backup unprotected')] : []),
        button({ title: say('button.refresh'), verb: 'again' }),
      ],
      line: lineOf(words, result),
      footer: say('view.read-at', { at: words.dateTime(readAt) }),
    },
  };
}

async function readStatus(estate: Estate): Promise<Status> {
  const now = estate.azureNow().getTime();
  const read = await readProtectedVms(estate);
  const window = { from: new Date(now - dayMs), to: new Date(now + 300_000) };
  const jobs = await perVault(read.vaults, (vault) => estate.reads.jobs(vault.id, window));
  const { vms, items } = read.unread;
  const unread = { vms, items, jobs: [...read.unread.vaults, ...jobs.unread] };
  const all = jobs.read.flat();
  const looked = await lookedAt({ all, vms: read.vms.filter((vm) => read.protectionOf(vm) === 'protected') }, estate);
  return {
    ...countsOf(read),
    failures: {
      failed: looked.failed,
      lastGood: lastGoodOf({ items: read.items.map(({ item }) => item), jobs: all, unread: items }),
      isWhole: unread.jobs.length === 0,
    },
    willFail: looked.willFail,
    unsure: looked.unsure,
    running: vmsOf(all, /^(InProgress|Cancelling)$/i),
    unread,
  };
}

/** Reads the VMs whose jobs failed, and as many of the protected ones as a list reads. */
async function lookedAt({ all, vms }: { all: readonly JobFacts[]; vms: readonly VmEntry[] }, estate: Estate) {
  const failed = all.filter(({ status }) => /^Failed$/i.test(status));
  const newest = failed.toSorted((a, b) => (b.startTime?.getTime() ?? 0) - (a.startTime?.getTime() ?? 0));
  const keys = new Set(failed.map(vmKeyOfJob));
  const hasFailed = (vm: VmEntry) => keys.has(keyOfId(vm.id));
  const whys = await whysNow(
    vms.toSorted((a, b) => Number(hasFailed(b)) - Number(hasFailed(a))),
    estate,
  );
  const isShared = sharedNames(vms.map(({ name }) => name));
  return {
    unsure: [...whys.values()].filter(({ finding, isClear }) => !finding && !isClear).length,
    failed: newest.map((job) => {
      return { ...rowOf(job, parseArmId(job.vaultId)?.name ?? ''), ...explainedBy(whys.get(vmKeyOfJob(job))) };
    }),
    willFail: vms.flatMap((vm): WillFail[] => {
      const finding = hasFailed(vm) ? null : whys.get(keyOfId(vm.id))?.finding;
      const calledAs = `${vm.resourceGroup}/${vm.name}`;
      return finding ? [{ vm: isShared(vm.name) ? calledAs : vm.name, calledAs, finding }] : [];
    }),
  };
}

function countsOf({ vms, protectionOf }: ProtectedVms) {
  const all = vms.map(protectionOf);
  const count = (wanted: ReturnType<typeof protectionOf>) => all.filter((one) => one === wanted).length;
  return {
    vms: vms.length,
    protectedVms: count('protected'),
    stopped: count('stopped'),
    open: count('open'),
    unknown: count('unknown'),
  };
}

/** The VMs that have a job with this status, each once; those that share a name with their group. */
function vmsOf(jobs: readonly JobFacts[], status: RegExp): string[] {
  const found = firstOfEachVm(jobs.filter((job) => status.test(job.status)).map((job) => ({ job })));
  const isShared = sharedNames(found.map(({ job }) => job.vmName));
  return found.map(({ job }) => (isShared(job.vmName) ? groupAndName(job) : job.vmName));
}

function markOf({ failures, willFail, unread, unsure }: Status): Mark {
  if (failures.failed.length > 0) return 'failed';
  if (unread.jobs.length > 0) return 'unknown';
  if (willFail.length > 0) return 'warn';
  // What wasn't read may be about to fail.
  return unsure + unread.items.length + unread.vms.length > 0 ? 'info' : 'ok';
}

/**
 * Failures are the verdict, and coming failures the sentence below it; the other way round if nothing has failed yet.
 */
function verdictOf(words: Words, result: Status): { readonly title: string; readonly why?: string } {
  const { say } = words;
  const failed = failedTitle(words, result);
  const count = result.willFail.length;
  if (count === 0) return { title: failed };
  const hasFailed = result.failures.failed.length > 0;
  const whole = say(hasFailed ? 'status.will-too' : 'status.will', { count });
  const will = result.unsure > 0 ? say('view.at-least', { whole }) : whole;
  const leads = hasFailed || result.unread.jobs.length > 0;
  return leads ? { title: failed, why: will } : { title: will, why: failed };
}

function failedTitle(words: Words, { failures, unread: { jobs } }: Status): string {
  const { say } = words;
  const count = failedVms(failures.failed);
  if (jobs.length === 0) return say('status.title', { count });
  return count === 0 ? say('unread.title', { unread: unreadTitle(words, jobs) }) : say('status.title-least', { count });
}

/** A row for each cause, with its fix. */
function willFailRows(words: Words, willFail: readonly WillFail[]): Block[] {
  const { say } = words;
  if (willFail.length === 0) return [];
  const causes = byCause(willFail, ({ finding }) => findingInRow(words, finding));
  const rows = causes.slice(0, rowsPerPage).map(([note, vms]) => ({
    text: vmNames(words, vms),
    note,
    button: vmsButton(words, 'fix', vms),
  }));
  return [{ kind: 'rows', heading: say('status.will-fail', { count: willFail.length }), rows }];
}

/** The state of the estate, in one line: only what isn't zero; what couldn't be read never counts as none. */
function lineOf(words: Words, result: Status): string {
  const { say, names } = words;
  const { vms, items, jobs } = result.unread;
  const atLeast = (what: string, unread: readonly Unread[]) =>
    unread.length === 0 ? what : say('status.at-least', { what });
  const counted = (count: number, unread: readonly Unread[]) =>
    count === 0 ? (unread.length === 0 ? null : say('status.not-known')) : atLeast(String(count), unread);
  const open = counted(result.open, [...vms, ...items]);
  const stopped = result.stopped > 0 ? counted(result.stopped, [...vms, ...items]) : null;
  const running = result.running.length > 0 ? atLeast(names(result.running, 8), jobs) : null;
  const unknown = result.unknown > 0 ? say('status.unknown-vms', { count: result.unknown }) : null;
  const unsure = result.unsure > 0 ? ` · ${say('status.unsure', { count: result.unsure })}` : '';
  const told = [
    [say('status.protected'), protectedOf(words, result)],
    [say('status.open'), open],
    [say('status.unknown'), unknown],
    [say('status.stopped'), stopped],
    [say('status.running'), running],
  ] as const;
  return told.flatMap(([what, value]) => (value === null ? [] : [`${what}: ${value}`])).join(' · ') + unsure;
}

/** A share only of the VMs for which it is known. */
function protectedOf({ say }: Words, { protectedVms: count, vms, unknown, unread }: Status): string {
  const all = vms - unknown;
  if (unread.items.length > 0) return say('status.of-known', { count, all });
  return say(unread.vms.length > 0 ? 'status.of-listed' : 'status.of', { count, all });
}
