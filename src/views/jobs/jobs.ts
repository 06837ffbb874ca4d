import type { JobFacts, VaultFacts } from '../../azure/gateway.ts';
import { AzureFault } from '../../azure/faults.ts';
import { vmKeyOfJob } from '../../azure/job-vm.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import { keyOfId, sameId } from '../../core/arm-id.ts';
import { nearWords } from '../../core/near-words.ts';
import type { Block, Button, Section } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { unreadBlocks } from '../../message/unread-words.ts';
import { titleAndRest } from '../../message/verdict-texts.ts';
import { listMark, listTitle, type ListTitle } from '../list-title.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { buttonsOf, filterOf, narrowed, narrowing, pageOf, rowsPerPage, showAll, type View } from '../view.ts';
import { failedVms, failureRows, type Failures } from './failure-rows.ts';
import { adviceOn } from '../../advice/advice.ts';
import { reason } from '../../advice/advice-words.ts';
import { failedJobOf, rowOf, type JobRow } from './job-row.ts';
import { jobLine } from './job-words.ts';
import { lastGoodOf } from './last-good.ts';
import { explainedBy, whysNow } from './why-now.ts';

type Only = 'failed' | 'running' | 'all';
type Jobs = {
  readonly only: Only;
  /** The words typed after it. */
  readonly asked: string;
  readonly rows: readonly JobRow[];
  /** The last good backup of each failed VM. */
  readonly lastGood: Failures['lastGood'];
  readonly unread: readonly Unread[];
};

type Listed = { readonly job: JobFacts; readonly row: JobRow };

const dayMs = 86_400_000;
/** How many failed VMs are checked: more than one fix takes; above 50 by lists. */
const maxFailed = 100;

/**
 * `backup jobs [failed|running] [words]`: what ran in the last day, or the failures of the last week; only rows with
 * these words.
 */
export const jobsView: View<Jobs> = {
  name: 'jobs',
  command: { word: 'jobs', takes: 'words', help: [{ typed: 'jobs failed', says: 'jobs', first: true }] },
  query: async (args, estate) => {
    const only = onlyOf(args);
    const days = only === 'failed' ? 7 : 1;
    const now = estate.azureNow().getTime();
    const window = { from: new Date(now - days * dayMs), to: new Date(now + 300_000) };
    const vaults = await readVaults(estate.reads, estate.subscriptions);
    const lists = await perVault(vaults.read, async (vault) =>
      (await estate.reads.jobs(vault.id, window)).map((job) => ({ job, row: rowOf(job, vault.name) })),
    );
    const asked = (only === 'all' ? args : args.slice(1)).join(' ');
    const all = lists.read.flat().sort((a, b) => (b.row.start ?? '').localeCompare(a.row.start ?? ''));
    const newest = all.filter(({ row }) => fits(row, only));
    const unread = [...vaults.unread, ...lists.unread];
    const lastGood = await lastGoodIn(
      lists.read.flat().map(({ job }) => job),
      vaults.read,
      estate,
    );
    return { only, asked, rows: await withFindings(newest, estate), lastGood, unread };
  },
  draw: (drawing) => {
    const { words, result, looking, readAt, button, pages } = drawing;
    const { say } = words;
    const narrow = narrowing(drawing, result.rows.length);
    const filter = filterOf(result.asked, looking);
    const rows = narrowed(result.rows, filter, textOf);
    const page = pageOf(rows, looking.page);
    const title = titleIn(words, result, { filter, rows });
    const failed = rows.filter(({ status }) => isFailed(status));
    const meant = rows.length === 0 ? meantBy(result) : null;
    const others = [
      ...(meant ? [{ ...commandButton(meant), style: 'positive' as const }] : []),
      ...showAll(drawing, {
        asked: result.asked,
        all: result.rows.length,
        command: commandOf(result.only),
        isWhole: title.unread.length === 0,
      }),
      ...narrow.buttons,
      ...pages(page.pages),
      button({ title: say('button.refresh'), verb: 'again' }),
    ];
    return {
      template: 'sheet',
      data: {
        mark: listMark(title, failed.length > 0 ? 'failed' : 'info'),
        ...(meant ? mistyped(words, result.asked, meant) : { title: listTitle(words, title) }),
        body: [
          ...failureRows(words, { failed, lastGood: result.lastGood, isWhole: result.unread.length === 0, readAt }),
          ...otherLines(words, filter === '' ? rows.filter(isWorthALine) : page.rows, readAt),
          ...unreadBlocks(words, result.unread, listTitle(words, title)),
        ],
        inputs: narrow.inputs,
        buttons: buttonsOf([], others),
        line: completedLine(words, rows),
        details: page.rows.length > 0 && filter === '' ? [eachJob(words, page)] : [],
        footer: say('view.read-at', { at: words.dateTime(readAt) }),
      },
    };
  },
};

/**
 * A failed job's row says what the checks find now: Azure's words about the failure are more general, or no longer
 * true.
 */
async function withFindings(listed: readonly Listed[], estate: Estate): Promise<JobRow[]> {
  const failed = listed.filter(({ row }) => /^Failed$/i.test(row.status));
  const keys = new Set(failed.map(({ job }) => vmKeyOfJob(job)));
  const vms = keys.size === 0 ? [] : (await estate.vms.fresh()).read.filter(({ id }) => keys.has(keyOfId(id)));
  const whys = await whysNow(vms, estate, maxFailed);
  return listed.map(({ job, row }) => {
    const why = failed.some((one) => one.row === row) ? whys.get(vmKeyOfJob(job)) : undefined;
    return { ...row, ...explainedBy(why) };
  });
}

/** Reads the items of the vaults in which jobs failed; one that can't be read changes nothing but these times. */
async function lastGoodIn(jobs: readonly JobFacts[], vaults: readonly VaultFacts[], { reads }: Estate) {
  const failed = jobs.filter(({ status }) => isFailed(status));
  const theirs = vaults.filter(({ id }) => failed.some(({ vaultId }) => sameId(vaultId, id)));
  const items = await perVault(theirs, (vault) => reads.protectedItems(vault.id)).catch((error: unknown) => {
    if (!(error instanceof AzureFault)) throw error;
    return { read: [], unread: theirs.map((vault) => ({ of: 'vault' as const, ...vault })) };
  });
  return lastGoodOf({ items: items.read.flat(), jobs, unread: items.unread });
}

function textOf(row: JobRow): string {
  return `${row.vm} ${row.vault} ${row.status} ${row.id}`;
}

function onlyOf([first]: readonly string[]): Only {
  const word = first?.toLowerCase();
  return word === 'failed' || word === 'running' ? word : 'all';
}

function fits(row: JobRow, only: Only): boolean {
  if (only === 'failed') return isFailed(row.status);
  return only === 'all' || isRunning(row.status);
}

const isFailed = (status: string) => /^Failed$/i.test(status);
const isWorthALine = ({ status }: JobRow) => isRunning(status) || /^CompletedWithWarnings$/i.test(status);
const isRunning = (status: string) => /^(InProgress|Cancelling)$/i.test(status);

function titleIn(
  { say }: Words,
  { only, rows: every, unread }: Jobs,
  { filter, rows }: { filter: string; rows: readonly JobRow[] },
): ListTitle {
  const vms = failedVms(every.filter(({ status }) => isFailed(status)));
  const [all, count] = [every.length, rows.length];
  const whole =
    only === 'failed'
      ? say('jobs.failed', { vms })
      : only === 'running'
        ? say('jobs.running', { count: all })
        : say('jobs.all', { count: all, vms });
  return { whole, what: say(`jobs.what-${only}`), all, count, filter, unread };
}

/** Suggestions for a word that matches nothing but is one typo away from a command that filters the jobs. */
function meantBy({ only, asked }: Jobs): string | null {
  const [word = ''] = asked.split(' ');
  const [meant] = only === 'all' ? nearWords(word, ['failed', 'running'] as const, 2) : [];
  return meant ? commandOf(meant) : null;
}

function commandOf(only: Only): string {
  return only === 'all' ? 'backup jobs' : `backup jobs ${only}`;
}

function mistyped({ say }: Words, given: string, meant: string): { title: string; why: string } {
  const { title, text } = titleAndRest(say('jobs.mistyped', { given, meant }));
  return { title, why: text.join(' ') };
}

function commandButton(command: string): Button {
  return { title: command, verb: 'command', data: { command }, withInputs: false };
}

function lineOf(words: Words, row: JobRow, time: (at: Date) => string) {
  const { say } = words;
  const start = row.start ? time(new Date(row.start)) : '–';
  const took = row.start && row.end ? words.duration(Date.parse(row.end) - Date.parse(row.start)) : null;
  const text = jobLine(words, row);
  const when = took
    ? say('jobs.when', { start, took, vault: row.vault })
    : say('jobs.since', { start, vault: row.vault });
  const cause = isFailed(row.status) ? reason(words, adviceOn(failedJobOf(row), words.context.company), row) : null;
  return { text, note: cause ? `${when}. ${cause}` : when };
}

/** What is running or completed with warnings; if words were given, each matching job that hasn't failed. */
function otherLines(words: Words, rows: readonly JobRow[], readAt: Date): Block[] {
  const others = rows.filter(({ status }) => !isFailed(status)).slice(0, rowsPerPage);
  const time = (at: Date) => words.said(at, readAt);
  return others.length === 0 ? [] : [{ kind: 'list', items: others.map((row) => lineOf(words, row, time)) }];
}

/** Successful jobs are one line: nobody has to do anything about them. */
function completedLine({ say }: Words, rows: readonly JobRow[]): string | undefined {
  const count = rows.filter(({ status }) => /^Completed$/i.test(status)).length;
  return count > 0 ? say('jobs.completed', { count }) : undefined;
}

function eachJob(words: Words, { rows, page, pages }: ReturnType<typeof pageOf<JobRow>>): Section {
  const title = words.say('jobs.each');
  const where = pages > 1 ? `${title} · ${words.say('view.page', { page, pages })}` : title;
  return { title: where, body: [{ kind: 'list', items: rows.map((row) => lineOf(words, row, words.dateTime)) }] };
}
