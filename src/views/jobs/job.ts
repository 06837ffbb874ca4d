import type { Unread } from '../../azure/partial-read.ts';
import type { JobStart } from '../../core/books.ts';
import { ownOf } from '../../core/own-of.ts';
import type { Block, Button, CardMessage, Mark } from '../../message/card-data.ts';
import { jobsLink } from '../../message/portal-link.ts';
import type { Words } from '../../message/words.ts';
import { unreadBlocks, unreadLines, unreadTitle } from '../../message/unread-words.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import type { View, ViewDrawing } from '../view.ts';
import { findJob, type FoundJob } from './find-job.ts';
import { againButtons, causeButtons, failureBody, failureDetails, failureVerdict, tellsFix } from './job-failure.ts';
import { jobLine, taskWord } from './job-words.ts';
import { rowOf, type JobRow } from './job-row.ts';
import { whyNow, type WhyNow } from './why-now.ts';

type Found = JobRow & {
  readonly vaultId: string;
  readonly calledAs: string;
  readonly now: WhyNow | null;
  readonly inRow: number;
  /** The VM has been backed up since. */
  readonly isOver?: boolean;
  readonly tasks: readonly { readonly name: string; readonly status: string }[];
  readonly percent: number | null;
  readonly activityId: string | null;
  /** Absent in rows of an earlier release. */
  readonly began?: JobStart | null;
};
type Job = {
  readonly asked: string;
  readonly job: Found | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

const maxChoices = 5;

/** `backup job <vm or id>`: one job in full; for a VM's name its newest one. */
export const jobView: View<Job> = {
  name: 'job',
  command: { word: 'job', takes: 'word', help: [{ typed: 'job {vm}', says: 'job' }] },
  query: readJob,
  draw: ({ words, result, readAt, button }) => {
    const { say } = words;
    const again = button({ title: say('button.refresh'), verb: 'again' });
    if (!result.job) return nothingCard({ words, result, again });
    const { job } = result;
    const failed = isFailed(job.status);
    const look = {
      title:
        job.now?.finding && !tellsFix(words, job)
          ? say('button.show-fix')
          : say('button.open-vm', { vm: job.calledAs }),
      verb: 'command',
      data: { command: `backup ${job.calledAs}` },
    };
    return {
      template: 'sheet',
      data: {
        ...headOf(words, job, { unread: result.unread, readAt }),
        buttons: [
          ...(failed ? againButtons(words, job) : []),
          { ...look, withInputs: false },
          again,
          ...(failed ? causeButtons(words, job) : []),
        ],
        links: [jobsLink(say('link.job'), job.vaultId)],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

async function readJob([asked = '']: readonly string[], estate: Estate): Promise<Job> {
  const { found, several, unread } = await findJob(asked, estate);
  if (!found) return { asked, job: null, several, unread };
  const { job, vault, calledAs, vm } = found;
  const { tasks, percent, activityId } = job;
  const now = isFailed(job.status) && vm ? await whyNow(vm, estate) : null;
  const began = await estate.books.jobStart(job.name);
  const told = {
    vaultId: vault.id,
    calledAs,
    now,
    inRow: failuresInRow(found),
    isOver: isOver(found),
    tasks,
    percent,
    activityId,
    began,
  };
  return { asked, job: { ...rowOf(job, vault.name), ...told }, several, unread };
}

/** How many jobs of the same kind have failed in a row up to this one. */
function failuresInRow({ job, ofVm }: FoundJob): number {
  const alike = ofVm.filter(({ operation }) => operation === job.operation);
  const before = alike.slice(alike.findIndex(({ id }) => id === job.id));
  const other = before.findIndex(({ status }) => !isFailed(status));
  return other < 0 ? before.length : other;
}

/** Whether the VM was backed up after this job began. */
function isOver({ job, ofVm }: FoundJob): boolean {
  const since = job.startTime?.getTime() ?? Infinity;
  return ofVm.some((one) => isGoodBackup(one) && (one.startTime?.getTime() ?? 0) > since);
}

function isGoodBackup({ operation, status }: FoundJob['job']): boolean {
  return /^Backup$/i.test(operation) && /^Completed$/i.test(status);
}

function isFailed(status: string): boolean {
  return /^Failed$/i.test(status);
}

/** No single job is meant: several VMs match, or none, or it is unknown. */
function nothingCard({ words, result, again }: Pick<ViewDrawing<Job>, 'words' | 'result'> & { again: Button }) {
  const { say } = words;
  const { asked, several, unread } = result;
  const unreadIs = say('unread.title', { unread: unreadTitle(words, unread) });
  const lines = unreadLines(words, unread, several.length > 0 ? '' : unreadIs);
  if (several.length > 0) {
    const choices = several.slice(0, maxChoices).map((vm) => ({
      title: vm,
      verb: 'command',
      data: { command: `backup job ${vm}` },
      withInputs: false,
    }));
    const title = say('job.several', { count: several.length, asked });
    return notice({ mark: 'ask', title, text: lines, buttons: [...choices, again] });
  }
  const text = [...lines, say('job.none-text')];
  if (unread.length === 0) return notice({ mark: 'ask', title: say('job.none', { asked }), text, buttons: [again] });
  return notice({
    mark: 'unknown',
    title: unreadIs,
    text: [say('job.none-read', { asked }), ...text],
    buttons: [again],
  });
}

function notice(data: Extract<CardMessage, { template: 'notice' }>['data']): CardMessage {
  return { template: 'notice', data };
}

/** Completed with warnings is no success: not all of it was made. */
const marks: Readonly<Record<string, Mark>> = { completed: 'ok', completedwithwarnings: 'warn' };

type Read = { readonly unread: readonly Unread[]; readonly readAt: Date };

function headOf(words: Words, job: Found, { unread, readAt }: Read) {
  const failed = isFailed(job.status);
  const mark: Mark = failed ? 'failed' : (ownOf(marks, job.status.toLowerCase()) ?? 'info');
  const plain = jobLine(words, { ...job, vm: job.calledAs });
  const rest = [
    factsOf(words, job, readAt),
    ...glassBlocks(words, job),
    ...stepsOf(words, job),
    ...unreadBlocks(words, unread),
  ];
  if (!failed) return { mark, title: plain, body: rest };
  return {
    mark,
    ...(failureVerdict(words, job) ?? { title: plain }),
    body: [...failureBody(words, job, readAt), ...rest],
    details: failureDetails(words, job, readAt),
  };
}

/** That it was started without its required approvals. */
function glassBlocks({ say }: Words, { began }: Found): Block[] {
  if (!began?.glass) return [];
  const { name, reason, review } = began.glass;
  const text = say('glass.on-card', { name, reason, reviewed: review ? 'yes' : 'no', by: review?.name ?? '' });
  return [{ kind: 'text', text, tone: 'strong' }];
}

function startedBy({ say }: Words, { began }: Found): string | null {
  if (!began) return null;
  return 'name' in began.by ? began.by.name : say(`actor.${began.by.system}`);
}

function factsOf(words: Words, job: Found, readAt: Date): Block {
  const { say } = words;
  const who = startedBy(words, job);
  const took = job.start && job.end ? words.duration(Date.parse(job.end) - Date.parse(job.start)) : null;
  return {
    kind: 'facts',
    facts: [
      { title: say('job.vault'), value: job.vault },
      { title: say('job.start'), value: job.start ? words.said(new Date(job.start), readAt) : '–' },
      ...(who === null ? [] : [{ title: say('job.started-by'), value: who }]),
      ...(took ? [{ title: say('job.took'), value: took }] : []),
      ...(job.percent === null ? [] : [{ title: say('job.percent'), value: words.percent(job.percent / 100) }]),
      { title: say('failed.job'), value: job.id },
    ],
  };
}

function stepsOf(words: Words, job: Found): Block[] {
  if (job.tasks.length === 0) return [];
  const state = (status: string) =>
    /^Completed$/i.test(status)
      ? ('done' as const)
      : /^InProgress$/i.test(status)
        ? ('now' as const)
        : /^Failed$/i.test(status)
          ? ('failed' as const)
          : ('next' as const);
  return [
    {
      kind: 'steps',
      steps: job.tasks.map((task) => ({ state: state(task.status), text: taskWord(words, task.name) })),
    },
  ];
}
