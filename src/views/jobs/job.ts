import { parseArmId } from '../../core/arm-id.ts';
import type { JobFacts } from '../../azure/gateway.ts';
import type { Block, Mark } from '../../message/card-data.ts';
import { portalLink } from '../../message/portal-link.ts';
import { diagnose, wordsOf } from '../../knowledge/index.ts';
import type { Words } from '../../message/words.ts';
import { perVault, readVaults } from '../vaults-read.ts';
import type { View, ViewPorts } from '../view.ts';
import { kindWord, statusWord } from './job-words.ts';
import { rowOf, type JobRow } from './jobs.ts';

type Found = JobRow & {
  readonly vaultId: string;
  readonly tasks: readonly { readonly name: string; readonly status: string }[];
  readonly percent: number | null;
  readonly activityId: string | null;
};
type Job = { readonly asked: string; readonly job: Found | null };

const dayMs = 86_400_000;

/** `backup job <vm or id>`: one job in full; by a VM's name its newest one. */
export const jobView: View<Job> = {
  name: 'job',
  query: async ([asked = ''], ports) => ({ asked, job: await findJob(asked, ports) }),
  draw: ({ words, result, readAt, button }) => {
    const { say } = words;
    const again = button({ title: say('button.check-again'), verb: 'again' });
    if (!result.job) {
      const text = [say('job.none-text')];
      return {
        template: 'notice',
        data: { mark: 'ask', title: say('job.none', { asked: result.asked }), text, buttons: [again] },
      };
    }
    const { job } = result;
    const look = {
      title: say('button.open-vm', { vm: job.vm }),
      verb: 'command',
      data: { command: `backup ${job.vm}` },
    };
    return {
      template: 'sheet',
      data: {
        ...headOf(words, job),
        buttons: [{ ...look, withInputs: false }, again],
        links: [portalLink(say('link.job'), `${job.vaultId}/backupJobs/${job.id}`)],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

function headOf(words: Words, job: Found) {
  const [what, status] = [kindWord(words, job.operation), statusWord(words, job.status)];
  const failed = /^Failed$/i.test(job.status);
  const mark: Mark = failed ? 'failed' : /^Completed$/i.test(job.status) ? 'ok' : 'info';
  const title = words.say('jobs.row', { vm: job.vm, what, status });
  return { mark, title, body: [factsOf(words, job), ...stepsOf(job), ...(failed ? failureOf(words, job) : [])] };
}

/** The newest job of a VM of this name, or the job whose id begins like this. */
export async function findJob(asked: string, ports: ViewPorts): Promise<Found | null> {
  const wanted = (parseArmId(asked)?.name ?? asked).toLowerCase();
  if (wanted.length < 2) return null;
  const window = { from: new Date(ports.now.getTime() - 30 * dayMs), to: new Date(ports.now.getTime() + 300_000) };
  const lists = await perVault(await readVaults(ports), async (vault) =>
    (await ports.reads.jobs(vault.id, window)).map((job) => ({ job, vault })),
  );
  const fitting = lists.read.flat().filter(({ job }) => fits(job, wanted));
  const newest = fitting.sort((a, b) => (b.job.startTime?.getTime() ?? 0) - (a.job.startTime?.getTime() ?? 0))[0];
  if (!newest) return null;
  const full = (await ports.reads.job(newest.vault.id, newest.job.name)) ?? newest.job;
  const { tasks, percent, activityId } = full;
  return { ...rowOf(full, newest.vault.name), vaultId: newest.vault.id, tasks, percent, activityId };
}

function fits(job: JobFacts, wanted: string): boolean {
  const byId = /^[0-9a-f-]{8,}$/.test(wanted) && job.name.toLowerCase().startsWith(wanted);
  return byId || job.vmName.toLowerCase() === wanted;
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
