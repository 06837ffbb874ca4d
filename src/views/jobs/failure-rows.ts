/** Failed jobs as rows: one for each cause, with the VMs it affects, their last good backup, and the fix. */
import { ownOf } from '../../core/own-of.ts';
import { sharedNames } from '../../core/vm-target.ts';
import type { Block, Button } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { vmNames, vmsButton } from '../cause-rows.ts';
import { adviceOn, nextStep, passes, type Advice } from '../../advice/advice.ts';
import { reasonInRow } from '../../advice/advice-words.ts';
import { failedJobOf, type JobRow } from './job-row.ts';

/** A VM's failures for one cause: its jobs, newest first. `isOver`: it has been backed up since. */
type OfVm = {
  readonly calledAs: string;
  readonly vm: string;
  readonly jobs: readonly JobRow[];
  readonly isOver: boolean;
};
/** `advice`: on its newest failure, or the newest that the checks explain. */
type Group = { readonly cause: string; readonly advice: Advice; readonly vms: readonly OfVm[] };

/**
 * What the rows of failed jobs are made from; `lastGood` by a VM's key, as ISO text; `isWhole`: every list could be
 * read.
 */
export type Failures = {
  readonly failed: readonly JobRow[];
  readonly lastGood: Readonly<Record<string, string>>;
  readonly isWhole: boolean;
};

/** With the moment of reading, at which its times are said. */
type Told = Failures & { readonly readAt: Date };

/** The rows, the newest failure first. Every name identifies one VM: if two share it, with its group. */
export function failureRows(words: Words, failures: Told): Block[] {
  const groups = groupsOf(words, failures);
  if (groups.length === 0) return [];
  const rows = groups.map((group) => ({
    text: vmNames(words, group.vms),
    note: noteOf(words, group, failures),
    button: fixButton(words, group),
  }));
  return [{ kind: 'rows', rows }];
}

/** How many VMs have failed. */
export function failedVms(failed: readonly JobRow[]): number {
  return new Set(failed.map(keyOf)).size;
}

/** What distinguishes VMs in a list of jobs. */
export function keyOf({ vmKey, calledAs, vault }: Pick<JobRow, 'vmKey' | 'calledAs' | 'vault'>): string {
  if (vmKey !== undefined) return vmKey;
  return calledAs.includes('/') ? calledAs.toLowerCase() : `${vault}/${calledAs}`.toLowerCase();
}

function groupsOf(words: Words, { failed, lastGood }: Failures): Group[] {
  const isShared = sharedNames([...Map.groupBy(failed, keyOf).values()].map((jobs) => (jobs[0] as JobRow).vm));
  const adviceOnRow = (row: JobRow) => adviceOn(failedJobOf(row), words.context.company);
  const byCause = Map.groupBy(failed, (row) => reasonInRow(words, adviceOnRow(row), row));
  return [...byCause].map(([cause, rows]) => {
    const vms = [...Map.groupBy(rows, keyOf).values()].map((jobs): OfVm => {
      const { vm, calledAs } = jobs[0] as JobRow;
      return { calledAs, vm: isShared(vm) ? calledAs : vm, jobs, isOver: isOver(jobs, lastGood) };
    });
    return { cause, advice: adviceOnRow(rows.find(({ finding }) => finding) ?? (rows[0] as JobRow)), vms };
  });
}

/** Whether the VM has been backed up since it failed. */
function isOver(jobs: readonly JobRow[], lastGood: Failures['lastGood']): boolean {
  const good = ownOf(lastGood, keyOf(jobs[0] as JobRow));
  return good !== undefined && jobs.every(({ start }) => start !== null && start < good);
}

function noteOf(words: Words, group: Group, { lastGood, isWhole, readAt }: Told): string {
  const { say } = words;
  const time = (iso: string) => words.said(new Date(iso), readAt);
  const { cause, vms, advice } = group;
  const jobs = vms.flatMap((one) => one.jobs);
  const [newest] = jobs
    .map(({ start }) => start)
    .filter((start) => start !== null)
    .sort()
    .toReversed();
  const good = vms.length === 1 ? ownOf(lastGood, keyOf(jobs[0] as JobRow)) : undefined;
  const over = vms.filter((vm) => vm.isOver).length;
  const isPassing = over < vms.length && passes(advice);
  return [
    cause.replace(/\.$/, ''),
    newest ? say('failures.when', { count: isWhole && vms.length === 1 ? jobs.length : 1, at: time(newest) }) : '',
    good ? say('failures.good', { at: time(good) }) : '',
    over > 0 ? say('failures.over', { count: over, all: vms.length }) : '',
    isPassing ? say('failures.passes') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The button is named after what it does: it shows the fix, backs up again, or shows what Azure says. */
function fixButton(words: Words, { advice, vms }: Group): Button {
  const { say } = words;
  const [{ calledAs, vm, jobs }] = vms as [OfVm];
  const step = nextStep(advice);
  const failing = vms.filter(({ isOver }) => !isOver);
  if (step === 'check') return vmsButton(words, 'fix', vms);
  if (step === 'back-up' && failing.length > 0) return vmsButton(words, step, failing);
  const title = say(step === 'read-job' ? 'button.show-job' : 'button.show-fix');
  const data = { command: `backup job ${jobs[0]?.id ?? calledAs}` };
  return { title, about: vm, verb: 'command', data, withInputs: false };
}
