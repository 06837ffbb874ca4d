/**
 * The page on which somebody sees at a glance what concerns them: what failed, with the fix beside it, what runs, and
 * what else they asked. A card that was opened and not pressed waits for nobody. Each thing stands there once.
 */
import type { Unread } from '../../azure/partial-read.ts';
import type { Person } from '../../core/person.ts';
import type { Block, Button } from '../../message/card-data.ts';
import type { RenderContext } from '../../message/render.ts';
import { unreadLines } from '../../message/unread-words.ts';
import { words, type Words } from '../../message/words.ts';
import { starterName } from '../../operations/operation-drawing.ts';
import { vmsOfPlan } from '../../operations/stored-operation.ts';
import { seenJobs, toldOperations, unreadVaults } from '../../store/home.ts';
import type { Newest, SeenJob, ToldOperation } from '../../store/home.ts';
import { inventoryListedAt } from '../../store/inventory.ts';
import { kindWord } from '../../views/jobs/job-words.ts';
import type { Deps } from '../deps.ts';
import { renderMessage } from '../render-message.ts';
import { unlisted } from '../work/inventory.ts';
import { refusalText } from './notices.ts';
import type { OutgoingMessage, Inbound } from '../port.ts';
import { rightsOf } from '../rights/turn-rights.ts';
import { refuse } from '../../core/refusal.ts';

const shown = 5;
/** So many operations are read, so that their jobs are not told a second time. */
const maxRows = 50;
/** A vault whose jobs were missed so often, and a little, is not being read. */
const missedPolls = 3;
const graceMs = 60_000;
const runningWords = ['InProgress', 'Cancelling'];

/** What the page tells. */
export type HomeFound = {
  readonly asked: Newest<ToldOperation>;
  readonly running: Newest<ToldOperation>;
  readonly runningJobs: readonly SeenJob[];
  readonly failed: Newest<ToldOperation>;
  readonly failedJobs: readonly SeenJob[];
  /** What the lists of jobs lack, in sentences for the reader; none: they are whole. */
  readonly lacks: readonly Lack[];
};

/** Vaults whose jobs were not read lately, a subscription that could not be listed, or an estate that never was. */
type Lack = { readonly vaults: readonly string[] } | { readonly subscription: Unread } | 'all';

/** Draws a person's page as it stands in the database; Azure is not asked. Who may not look is told so. */
export function homePage(deps: Deps): (person: Person, reader: Inbound['reader']) => Promise<OutgoingMessage> {
  return async (person, reader) => {
    const { locale, timeZone } = reader;
    const seen = { locale, timeZone: timeZone ?? deps.defaultTimeZone, simulated: deps.simulated };
    const context: RenderContext = { ...seen, times: 'marked' };
    const said = words(context);
    const rights = await rightsOf(deps, person, null);
    if (rights?.mayLook)
      return renderMessage({ template: 'sheet', data: homeSheet(said, await find(deps, person), person) }, context);
    const no = rights ? refuse('not-allowed', { what: 'look', role: 'viewer' }) : refuse('not-trusted-now');
    return renderMessage({ template: 'notice', data: { mark: 'stopped', ...refusalText(said, no) } }, context);
  };
}

async function find(deps: Deps, { id }: Person): Promise<HomeFound> {
  const q = deps.database.db;
  const asked = await toldOperations(q, { by: id, hours: 24, limit: shown });
  const running = await toldOperations(q, { status: 'running', limit: maxRows });
  const failed = await toldOperations(q, { status: 'failed', hours: 24, limit: maxRows });
  // A job that an operation of the bot follows is told by that operation's card.
  const own = new Set([...running.list, ...failed.list].flatMap(({ plan }) => vmsOfPlan(plan).map(({ name }) => name)));
  const others = (jobs: SeenJob[]) => jobs.filter(({ vm }) => !own.has(vm));
  return {
    asked: without(asked, [...running.list, ...failed.list]),
    running,
    failed,
    runningJobs: others(await seenJobs(q, runningWords, 72)),
    failedJobs: others(await seenJobs(q, ['Failed'], 24)),
    lacks: await lacksOf(deps),
  };
}

/** The page is drawn from what the watcher has seen, which may not be all. */
async function lacksOf(deps: Deps): Promise<Lack[]> {
  const q = deps.database.db;
  if ((await inventoryListedAt(q)) === null) return ['all'];
  const vaults = await unreadVaults(q, missedPolls * deps.waits.vaultIdle + graceMs);
  const lists = (await unlisted(deps)).map((subscription) => ({ subscription }));
  return [...(vaults.length > 0 ? [{ vaults }] : []), ...lists];
}

function lackLine(said: Words, lack: Lack): string {
  if (lack === 'all') return said.say('home.not-listed');
  if ('vaults' in lack) return said.say('home.not-polled', { vaults: lack.vaults });
  return unreadLines(said, [lack.subscription]).join(' ');
}

/** What is told already as failed or running is not told again as asked. */
function without({ list, all }: Newest<ToldOperation>, told: readonly ToldOperation[]): Newest<ToldOperation> {
  const rest = list.filter(({ id }) => !told.some((one) => one.id === id));
  return { list: rest, all: all - (list.length - rest.length) };
}

/** The page as a card. */
export function homeSheet(said: Words, found: HomeFound, { unlinked }: Person) {
  const { say } = said;
  const lacking = found.lacks.map((lack): Block => ({ kind: 'text', text: lackLine(said, lack) }));
  const isUnlinked: Block[] = unlinked ? [{ kind: 'text', text: say('link.look-around') }] : [];
  const failed = failedRows(said, found);
  return {
    ...verdictOf(said, found, failed.length),
    subtitle: say('home.type'),
    body: [
      ...isUnlinked,
      ...section(said, 'home.failed', {
        rows: failed,
        all: failed.length + found.failed.all - found.failed.list.length,
      }),
      ...section(said, 'home.running', runningRows(said, found)),
      ...section(said, 'home.asked', {
        rows: found.asked.list.map((one) => operationRow(said, one)),
        all: found.asked.all,
      }),
      ...lacking,
    ],
    buttons: [
      commandButton(say('home.status'), 'backup status'),
      commandButton(say('status.show-open'), 'backup unprotected'),
      commandButton(say('button.help'), 'help'),
    ],
  };
}

/** What failed, else that nothing did, as far as that is known. */
function verdictOf({ say }: Words, { lacks }: HomeFound, failed: number) {
  const isWhole = lacks.length === 0;
  if (failed > 0) {
    const title = isWhole ? say('status.title', { count: failed }) : say('status.title-least', { count: failed });
    return { mark: 'failed' as const, title };
  }
  return isWhole
    ? { mark: 'ok' as const, title: say('status.title', { count: 0 }) }
    : { mark: 'unknown' as const, title: say('home.title-unread') };
}

type Row = { readonly text: string; readonly note: string; readonly button?: Button };

/** One row for each VM whose backup failed, and for each other operation; the way to its cause and fix is beside it. */
function failedRows(said: Words, { failed, failedJobs }: HomeFound): Row[] {
  const operations = failed.list.map((one): Row => {
    const [vm] = vmsOfPlan(one.plan);
    return vm ? { ...operationRow(said, one), button: fixButton(said, vm.name) } : operationRow(said, one);
  });
  const byVm = new Map(failedJobs.toReversed().map((job) => [job.vm, job]));
  const jobs = [...byVm.values()]
    .toReversed()
    .map((job) => ({ ...jobRow(said, job, 'home.started'), button: fixButton(said, job.vm) }));
  return firstOfEach([...operations, ...jobs]);
}

/** A VM that failed again is one row: the newest of it, since operations and jobs come newest first. */
function firstOfEach(rows: readonly Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter(({ button, text }) => {
    const key = button?.about ?? text;
    return seen.has(key) ? false : seen.add(key);
  });
}

function runningRows(said: Words, { running, runningJobs }: HomeFound): Section {
  const rows = [
    ...running.list.map((one) => operationRow(said, one)),
    ...runningJobs.map((job) => jobRow(said, job, 'home.since')),
  ];
  return { rows, all: running.all + runningJobs.length };
}

function operationRow(said: Words, { says, at, requester }: ToldOperation): Row {
  return { text: says, note: said.say('home.by', { who: starterName(said, requester), at: said.dateTime(at) }) };
}

function jobRow(said: Words, { vm, operation: what, startedAt }: SeenJob, when: 'home.since' | 'home.started'): Row {
  return {
    text: said.say('home.job', { what: kindWord(said, what), vm }),
    note: startedAt ? said.say(when, { at: said.dateTime(startedAt) }) : '',
  };
}

type Section = { readonly rows: readonly Row[]; readonly all: number };

/** The newest rows below their heading; nothing where there is none. */
function section({ say }: Words, heading: Heading, { rows, all }: Section): Block[] {
  if (rows.length === 0) return [];
  const listed = rows.slice(0, shown);
  const rest = all - listed.length;
  const more: Block[] = rest > 0 ? [{ kind: 'text', text: say('home.more', { count: rest }), tone: 'quiet' }] : [];
  return [{ kind: 'rows', heading: say(heading), rows: listed }, ...more];
}

type Heading = 'home.running' | 'home.failed' | 'home.asked';

function fixButton({ say }: Words, vm: string): Button {
  return { ...commandButton(say('button.show-fix'), `backup job ${vm}`), about: vm };
}

/** A button types a command for the person, into their own chat with the bot. */
function commandButton(title: string, command: string): Button {
  return { title, verb: 'command', data: { command }, withInputs: false };
}
