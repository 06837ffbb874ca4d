import type { JobFacts } from '../../azure/gateway.ts';
import { diagnose, wordsOf } from '../../knowledge/index.ts';
import type { Block, Button } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { perVault, readVaults } from '../vaults-read.ts';
import { buttonsOf, narrowed, narrowing, pageOf, type View } from '../view.ts';
import { kindWord, statusWord } from './job-words.ts';

/** One job as a row; times are ISO texts. */
export type JobRow = {
  readonly id: string;
  readonly vm: string;
  readonly vault: string;
  readonly operation: string;
  readonly status: string;
  readonly start: string | null;
  readonly end: string | null;
  readonly codes: readonly string[];
  readonly says: readonly string[];
};

type Jobs = {
  readonly only: 'failed' | 'running' | 'all';
  readonly rows: readonly JobRow[];
  readonly unread: readonly string[];
};

const dayMs = 86_400_000;
const buttonsShown = 3;

/**
 * `backup jobs [failed|running] [words]`: what ran in the last day, or in the last week where only failures are asked for;
 * only what has these words.
 */
export const jobsView: View<Jobs> = {
  name: 'jobs',
  query: async (args, ports) => {
    const only = onlyOf(args);
    const days = only === 'failed' ? 7 : 1;
    const window = { from: new Date(ports.now.getTime() - days * dayMs), to: new Date(ports.now.getTime() + 300_000) };
    const lists = await perVault(await readVaults(ports), async (vault) =>
      (await ports.reads.jobs(vault.id, window)).map((job) => rowOf(job, vault.name)),
    );
    const asked = (only === 'all' ? args : args.slice(1)).join(' ');
    const rows = narrowed(lists.read.flat(), asked, textOf).filter((row) => fits(row, only));
    return { only, rows: rows.sort((a, b) => (b.start ?? '').localeCompare(a.start ?? '')), unread: lists.unread };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const rows = narrowed(result.rows, looking.filter, textOf);
    const page = pageOf(rows, looking.page);
    return {
      template: 'sheet',
      data: {
        mark: result.only === 'failed' && result.rows.length > 0 ? 'failed' : 'info',
        title: titleOf(words, result, rows.length),
        corner: page.pages > 1 ? say('view.page', { page: page.page, pages: page.pages }) : undefined,
        body: [...page.rows.map((row) => lineOf(words, row)), ...unreadLine(words, result.unread)],
        inputs: narrow.inputs,
        buttons: buttonsOf(jobButtons(words, page.rows), [
          ...narrow.buttons,
          ...pages(page.pages),
          button({ title: say('button.check-again'), verb: 'again' }),
        ]),
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

/** A job's row. */
export function rowOf(job: JobFacts, vault: string): JobRow {
  const codes = job.errors.flatMap((error) => [error.title, error.number === null ? null : String(error.number)]);
  return {
    id: job.name,
    vm: job.vmName,
    vault,
    operation: job.operation,
    status: job.status,
    start: job.startTime?.toISOString() ?? null,
    end: job.endTime?.toISOString() ?? null,
    codes: codes.filter((code) => code !== null),
    says: job.errors.flatMap((error) => (error.text ? [error.text] : [])),
  };
}

/** Why a job failed, in the words of the knowledge, else in Azure's. */
export function causeOf(words: Words, row: Pick<JobRow, 'codes' | 'says'>): string {
  const operation = 'backup' as const;
  const diagnosis = diagnose({ codes: row.codes, texts: row.says, operation, origin: 'backup-job' });
  if (diagnosis.kind === 'known') return wordsOf(diagnosis.entry, words.look.locale).cause;
  return row.says.join(' ') || row.codes.join(' · ');
}

function textOf(row: JobRow): string {
  return `${row.vm} ${row.vault} ${row.status} ${row.id}`;
}

function onlyOf([first]: readonly string[]): Jobs['only'] {
  const word = first?.toLowerCase();
  return word === 'failed' || word === 'running' ? word : 'all';
}

function fits(row: JobRow, only: Jobs['only']): boolean {
  if (only === 'failed') return /^Failed$/i.test(row.status);
  return only === 'all' || /^(InProgress|Cancelling)$/i.test(row.status);
}

function titleOf({ say }: Words, result: Jobs, count: number): string {
  if (result.only === 'failed') return say('jobs.failed', { count });
  return result.only === 'running' ? say('jobs.running', { count }) : say('jobs.all', { count });
}

function lineOf(words: Words, row: JobRow): Block {
  const { say } = words;
  const start = row.start ? words.dateTime(new Date(row.start)) : '–';
  const took = row.start && row.end ? words.duration(Date.parse(row.end) - Date.parse(row.start)) : null;
  const failed = /^Failed$/i.test(row.status);
  const text = say('jobs.row', {
    vm: row.vm,
    what: kindWord(words, row.operation),
    status: statusWord(words, row.status),
  });
  const when = took
    ? say('jobs.when', { start, took, vault: row.vault })
    : say('jobs.since', { start, vault: row.vault });
  const cause = failed ? firstSentence(causeOf(words, row), words.look.locale) : null;
  return { kind: 'list', items: [{ text, note: cause ? `${when}. ${cause}` : when }] };
}

/** A list says in one sentence why a job failed; the job itself tells the rest. */
function firstSentence(text: string, locale: string): string {
  const [first] = new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text.replace(/\s+/g, ' ').trim());
  return first?.segment.trim() ?? '';
}

function jobButtons({ say }: Words, rows: readonly JobRow[]): Button[] {
  return rows.slice(0, buttonsShown).map((row) => ({
    title: say('jobs.open', { vm: row.vm, job: row.id.slice(0, 8) }),
    verb: 'command',
    data: { command: `backup job ${row.id}` },
    withInputs: false,
  }));
}

function unreadLine({ say }: Words, unread: readonly string[]): Block[] {
  return unread.length > 0 ? [{ kind: 'text', text: say('view.unread', { vaults: unread }) }] : [];
}
