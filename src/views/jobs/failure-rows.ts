/** Failed jobs as rows: one for each cause, with the VMs it affects, their last good backup, and the fix. */
import { inOneCommand } from '../../core/one-command.ts';
import { ownOf } from '../../core/own-of.ts';
import { diagnose, wordsOf } from '../../knowledge/index.ts';
import type { Block, Button } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { companyCause } from '../../message/company-words.ts';
import { errorKeyOf, type JobRow } from './job-row.ts';

/** A VM's failures for one cause: its jobs, newest first. */
type OfVm = { readonly calledAs: string; readonly vm: string; readonly jobs: readonly JobRow[] };
type Group = { readonly cause: string; readonly isKnown: boolean; readonly vms: readonly OfVm[] };

/**
 * What the rows of failed jobs are made from; `lastGood` by a VM's key, as ISO text; `isWhole`: every list could be
 * read.
 */
export type Failures = {
  readonly failed: readonly JobRow[];
  readonly lastGood: Readonly<Record<string, string>>;
  readonly isWhole: boolean;
};

const maxNamed = 5;

/** The rows, the newest failure first. Every name identifies one VM: if two share it, with its group. */
export function failureRows(words: Words, { failed, ...told }: Failures): Block[] {
  const groups = groupsOf(words, failed);
  if (groups.length === 0) return [];
  const rows = groups.map((group) => ({
    text: words.names(
      group.vms.map(({ vm }) => vm),
      maxNamed,
    ),
    note: noteOf(words, group, told),
    button: fixButton(words, group),
  }));
  return [{ kind: 'rows', rows }];
}

/** How many VMs have failed. */
export function failedVms(failed: readonly JobRow[]): number {
  return new Set(failed.map(keyOf)).size;
}

/** What distinguishes VMs in a list of jobs. */
export function keyOf({ calledAs, vault }: Pick<JobRow, 'calledAs' | 'vault'>): string {
  return calledAs.includes('/') ? calledAs.toLowerCase() : `${vault}/${calledAs}`.toLowerCase();
}

/**
 * Why a job failed, in one sentence: what the checks find, otherwise the knowledge's words, the company's, or Azure's.
 * The job's card has the rest. `key` is that of its error.
 */
export function causeOf(words: Words, row: Pick<JobRow, 'finding' | 'codes' | 'says'>, key: () => string): string {
  const { locale, company } = words.context;
  if (row.finding) return firstSentence(`${words.finding(row.finding).title}.`, locale);
  const failure = { codes: row.codes, texts: row.says, operation: 'backup', origin: 'backup-job' } as const;
  const diagnosis = diagnose(failure, { entries: company, key });
  if (diagnosis.kind === 'known') return firstSentence(wordsOf(diagnosis.entry, locale).cause, locale);
  if (diagnosis.kind === 'company') return companyCause(words, diagnosis.entry);
  return firstSentence(row.says.join(' ') || row.codes.join(' · '), locale);
}

/** The first sentence of a text. */
export function firstSentence(text: string, locale: string): string {
  const [first] = new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' ').trim());
  return first?.segment.trim() ?? '';
}

function groupsOf(words: Words, failed: readonly JobRow[]): Group[] {
  const isShared = sharedNames(failed);
  const byCause = Map.groupBy(failed, (row) => causeOf(words, row, () => errorKeyOf(row)));
  return [...byCause].map(([cause, rows]) => {
    const vms = [...Map.groupBy(rows, keyOf).values()].map((jobs): OfVm => {
      const { vm, calledAs } = jobs[0] as JobRow;
      return { calledAs, vm: isShared(vm) ? calledAs : vm, jobs };
    });
    return { cause, isKnown: rows.some(({ finding }) => finding), vms };
  });
}

function sharedNames(rows: readonly JobRow[]): (vm: string) => boolean {
  return (vm) => new Set(rows.filter((row) => row.vm === vm).map(keyOf)).size > 1;
}

function noteOf(words: Words, { cause, vms }: Group, { lastGood, isWhole }: Omit<Failures, 'failed'>): string {
  const { say } = words;
  const jobs = vms.flatMap((one) => one.jobs);
  const [newest] = jobs
    .map(({ start }) => start)
    .filter((start) => start !== null)
    .sort()
    .toReversed();
  const good = vms.length === 1 ? ownOf(lastGood, keyOf(jobs[0] as JobRow)) : undefined;
  return [
    cause.replace(/\.$/, ''),
    newest ? say('failures.when', { count: isWhole && vms.length === 1 ? jobs.length : 1, at: new Date(newest) }) : '',
    good ? say('failures.good', { at: new Date(good) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The fix that the checks know; otherwise the newest job, whose card has the documented ones. */
function fixButton({ say }: Words, { isKnown, vms }: Group): Button {
  const [{ calledAs, vm, jobs }] = vms as [OfVm];
  const button = (title: string, about: string, command: string) =>
    ({ title, about, verb: 'command', data: { command }, withInputs: false }) satisfies Button;
  if (!isKnown) return button(say('button.show-why'), vm, `backup job ${jobs[0]?.id ?? calledAs}`);
  if (vms.length === 1) return button(say('button.show-fix'), vm, `backup ${calledAs}`);
  const names = inOneCommand(vms, (one) => one.calledAs).map((one) => one.calledAs);
  const title = say('failures.fix-row', { count: names.length, left: vms.length - names.length });
  return button(title, names.join(', '), `backup ${names.join(' ')}`);
}
