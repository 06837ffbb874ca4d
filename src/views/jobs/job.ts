import type { Unread } from '../../azure/partial-read.ts';
import type { Block, Button, CardMessage, Mark } from '../../message/card-data.ts';
import { portalLink } from '../../message/portal-link.ts';
import { diagnose, wordsOf } from '../../knowledge/index.ts';
import type { Words } from '../../message/words.ts';
import { unreadBlocks, unreadLines, unreadTitle } from '../../message/unread-words.ts';
import type { View, ViewDrawing, ViewPorts } from '../view.ts';
import { findJob } from './find-job.ts';
import { kindWord, statusWord } from './job-words.ts';
import { rowOf, type JobRow } from './jobs.ts';

type Found = JobRow & {
  readonly vaultId: string;
  readonly calledAs: string;
  readonly tasks: readonly { readonly name: string; readonly status: string }[];
  readonly percent: number | null;
  readonly activityId: string | null;
};
type Job = {
  readonly asked: string;
  readonly job: Found | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

const mostChoices = 5;

/** `backup job <vm or id>`: one job in full; by a VM's name its newest one. */
export const jobView: View<Job> = {
  name: 'job',
  query: readJob,
  draw: ({ words, result, readAt, button }) => {
    const { say } = words;
    const again = button({ title: say('button.check-again'), verb: 'again' });
    if (!result.job) return nothingCard({ words, result, again });
    const { job } = result;
    const look = {
      title: say('button.open-vm', { vm: job.calledAs }),
      verb: 'command',
      data: { command: `backup ${job.calledAs}` },
    };
    return {
      template: 'sheet',
      data: {
        ...headOf(words, job, result.unread),
        buttons: [{ ...look, withInputs: false }, again],
        links: [portalLink(say('link.job'), `${job.vaultId}/backupJobs/${job.id}`)],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

async function readJob([asked = '']: readonly string[], ports: ViewPorts): Promise<Job> {
  const { found, several, unread } = await findJob(asked, ports);
  if (!found) return { asked, job: null, several, unread };
  const { job, vault, calledAs } = found;
  const { tasks, percent, activityId } = job;
  const told = { ...rowOf(job, vault.name), vaultId: vault.id, calledAs, tasks, percent, activityId };
  return { asked, job: told, several, unread };
}

/** No job that is the only one meant: several VMs fit, or none does, or that cannot be told. */
function nothingCard({ words, result, again }: Pick<ViewDrawing<Job>, 'words' | 'result'> & { again: Button }) {
  const { say } = words;
  const { asked, several, unread } = result;
  const lines = unreadLines(words, unread);
  if (several.length > 0) {
    const choices = several.slice(0, mostChoices).map((vm) => ({
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
  const title = say('unread.title', { unread: unreadTitle(words, unread) });
  return notice({ mark: 'unknown', title, text: [say('job.none-read', { asked }), ...text], buttons: [again] });
}

function notice(data: Extract<CardMessage, { template: 'notice' }>['data']): CardMessage {
  return { template: 'notice', data };
}

function headOf(words: Words, job: Found, unread: readonly Unread[]) {
  const [what, status] = [kindWord(words, job.operation), statusWord(words, job.status)];
  const failed = /^Failed$/i.test(job.status);
  const mark: Mark = failed ? 'failed' : /^Completed$/i.test(job.status) ? 'ok' : 'info';
  const title = words.say('jobs.row', { vm: job.calledAs, what, status });
  return {
    mark,
    title,
    body: [
      factsOf(words, job),
      ...stepsOf(job),
      ...(failed ? failureOf(words, job) : []),
      ...unreadBlocks(words, unread),
    ],
  };
}

function factsOf(words: Words, job: Found): Block {
  const { say } = words;
  const took = job.start && job.end ? words.duration(Date.parse(job.end) - Date.parse(job.start)) : null;
  return {
    kind: 'facts',
    facts: [
      { title: say('job.vault'), value: job.vault },
      { title: say('job.start'), value: job.start ? words.dateTime(new Date(job.start)) : '–' },
      ...(took ? [{ title: say('job.took'), value: took }] : []),
      ...(job.percent === null ? [] : [{ title: say('job.percent'), value: words.percent(job.percent / 100) }]),
      { title: say('failed.job'), value: job.id },
    ],
  };
}

function stepsOf(job: Found): Block[] {
  if (job.tasks.length === 0) return [];
  const state = (status: string) =>
    /^Completed$/i.test(status)
      ? ('done' as const)
      : /^InProgress$/i.test(status)
        ? ('now' as const)
        : /^Failed$/i.test(status)
          ? ('failed' as const)
          : ('next' as const);
  return [{ kind: 'steps', steps: job.tasks.map((task) => ({ state: state(task.status), text: task.name })) }];
}

function failureOf(words: Words, job: Found): Block[] {
  const { say } = words;
  const diagnosis = diagnose({ codes: job.codes, texts: job.says, operation: 'backup', origin: 'backup-job' });
  const azure: Block = {
    kind: 'facts',
    facts: [
      { title: say('failed.code'), value: job.codes.join(' · ') || '–' },
      { title: say('failed.azure-says'), value: job.says.join(' ') || '–' },
      ...(job.activityId ? [{ title: say('failed.request'), value: job.activityId }] : []),
    ],
  };
  if (diagnosis.kind !== 'known') return [{ kind: 'text', text: say('failed.no-advice') }, azure];
  const { cause, fixes } = wordsOf(diagnosis.entry, words.look.locale);
  return [
    { kind: 'facts', facts: [{ title: say('failed.why'), value: cause }] },
    { kind: 'list', ordered: true, heading: say('failed.fixes'), items: fixes.map((text) => ({ text })) },
    azure,
  ];
}
