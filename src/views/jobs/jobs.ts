import { distance } from 'fastest-levenshtein';
import type { JobFacts } from '../../azure/gateway.ts';
import { vmKeyOfJob } from '../../azure/job-vm.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { diagnose, wordsOf } from '../../knowledge/index.ts';
import type { Block, Button } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import { buttonsOf, filterOf, narrowed, narrowing, pageOf, showAll, type View, type ViewPorts } from '../view.ts';
import { jobLine } from './job-words.ts';
import { whysNow, type WhyNow } from './why-now.ts';

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
  /** What stops the VM now, where a job failed and the checks know it. */
  readonly finding?: WhyNow['finding'];
};

type Only = 'failed' | 'running' | 'all';
type Jobs = {
  readonly only: Only;
  /** The words that were typed after it. */
  readonly asked: string;
  readonly rows: readonly JobRow[];
  readonly unread: readonly Unread[];
};

type Listed = { readonly job: JobFacts; readonly row: JobRow };

const dayMs = 86_400_000;
const buttonsShown = 3;

/**
 * `backup jobs [failed|running] [words]`: what ran in the last day, or in the last week where only failures are asked for;
 * only what has these words.
 */
export const jobsView: View<Jobs> = {
  name: 'jobs',
  command: { word: 'jobs', takes: 'words' },
  query: async (args, ports) => {
    const only = onlyOf(args);
    const days = only === 'failed' ? 7 : 1;
    const window = { from: new Date(ports.now.getTime() - days * dayMs), to: new Date(ports.now.getTime() + 300_000) };
    const vaults = await readVaults(ports.reads, ports.subscriptions);
    const lists = await perVault(vaults.read, async (vault) =>
      (await ports.reads.jobs(vault.id, window)).map((job) => ({ job, row: rowOf(job, vault.name) })),
    );
    const asked = (only === 'all' ? args : args.slice(1)).join(' ');
    const listed = lists.read.flat().filter(({ row }) => fits(row, only));
    const newest = listed.sort((a, b) => (b.row.start ?? '').localeCompare(a.row.start ?? ''));
    const unread = [...vaults.unread, ...lists.unread];
    return { only, asked, rows: await withFindings(newest, ports), unread };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const filter = filterOf(result.asked, looking);
    const rows = narrowed(result.rows, filter, textOf);
    const page = pageOf(rows, looking.page);
    const title = titleIn(words, result, { filter, count: rows.length });
    const meant = rows.length === 0 ? meantBy(result) : null;
    const others = [
      ...(meant ? [commandButton(meant)] : []),
      ...showAll(drawing, {
        asked: result.asked,
        all: result.rows.length,
        command: commandOf(result.only),
        isWhole: title.unread.length === 0,
      }),
      ...narrow.buttons,
      ...pages(page.pages),
      button({ title: say('button.check-again'), verb: 'again' }),
    ];
    return {
      template: 'sheet',
      data: {
        mark: listMark(title, result.only === 'failed' && rows.length > 0 ? 'failed' : 'info'),
        title: meant ? say('jobs.mistyped', { given: result.asked, meant }) : listTitle(words, title),
        subtitle: page.pages > 1 ? say('view.page', { page: page.page, pages: page.pages }) : undefined,
        body: [...page.rows.map((row) => lineOf(words, row)), ...unreadBlocks(words, result.unread)],
        inputs: narrow.inputs,
        buttons: buttonsOf(jobButtons(words, page.rows), others),
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

/** A failed job's row says what the checks say now: what Azure says of the failure is more general, or has passed. */
async function withFindings(listed: readonly Listed[], ports: ViewPorts): Promise<JobRow[]> {
  const failed = listed.filter(({ row }) => /^Failed$/i.test(row.status));
  const keys = new Set(failed.map(({ job }) => vmKeyOfJob(job)));
  const vms = keys.size === 0 ? [] : (await ports.vms()).read.filter(({ id }) => keys.has(keyOfId(id)));
  const whys = await whysNow(vms, ports);
  return listed.map(({ job, row }) => {
    const finding = failed.some((one) => one.row === row) ? whys.get(vmKeyOfJob(job))?.finding : null;
    return finding ? { ...row, finding } : row;
  });
}

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

/** Why a job failed: what the checks say, else in the words of the knowledge, else in Azure's. */
function causeOf(words: Words, row: JobRow): string {
  if (row.finding) return `${words.finding(row.finding).title}.`;
  const operation = 'backup' as const;
  const diagnosis = diagnose({ codes: row.codes, texts: row.says, operation, origin: 'backup-job' });
  if (diagnosis.kind === 'known') return wordsOf(diagnosis.entry, words.context.locale).cause;
  return row.says.join(' ') || row.codes.join(' · ');
}

function textOf(row: JobRow): string {
  return `${row.vm} ${row.vault} ${row.status} ${row.id}`;
}

function onlyOf([first]: readonly string[]): Only {
  const word = first?.toLowerCase();
  return word === 'failed' || word === 'running' ? word : 'all';
}

function fits(row: JobRow, only: Only): boolean {
  if (only === 'failed') return /^Failed$/i.test(row.status);
  return only === 'all' || /^(InProgress|Cancelling)$/i.test(row.status);
}

function titleIn(
  { say }: Words,
  { only, rows: { length: all }, unread }: Jobs,
  { filter, count }: { filter: string; count: number },
): ListTitle {
  const whole = say(`jobs.${only}`, { count: all });
  return { whole, what: say(`jobs.what-${only}`), all, count, filter, unread };
}

/** What a word that fits nothing is one slip away from: the commands that show only some jobs. */
function meantBy({ only, asked }: Jobs): string | null {
  const [word = ''] = asked.toLowerCase().split(' ');
  const meant = (['failed', 'running'] as const).find((other) => only === 'all' && distance(word, other) <= 2);
  return meant ? commandOf(meant) : null;
}

function commandOf(only: Only): string {
  return only === 'all' ? 'backup jobs' : `backup jobs ${only}`;
}

function commandButton(command: string): Button {
  return { title: command, verb: 'command', data: { command }, withInputs: false };
}

function lineOf(words: Words, row: JobRow): Block {
  const { say } = words;
  const start = row.start ? words.dateTime(new Date(row.start)) : '–';
  const took = row.start && row.end ? words.duration(Date.parse(row.end) - Date.parse(row.start)) : null;
  const failed = /^Failed$/i.test(row.status);
  const text = jobLine(words, row);
  const when = took
    ? say('jobs.when', { start, took, vault: row.vault })
    : say('jobs.since', { start, vault: row.vault });
  const cause = failed ? firstSentence(causeOf(words, row), words.context.locale) : null;
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
