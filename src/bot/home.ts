/**
 * The page on which somebody sees at a glance what concerns them: what waits, what they asked, what runs, what failed.
 */
import { z } from 'zod';
import type { Unread } from '../azure/partial-read.ts';
import type { Person } from '../core/person.ts';
import type { Block, Button } from '../message/card-data.ts';
import type { RenderContext } from '../message/render.ts';
import { unreadLines } from '../message/unread-words.ts';
import { words, type Words } from '../message/words.ts';
import { starterName } from '../operations/operation-drawing.ts';
import { vmsOfPlan } from '../operations/stored-operation.ts';
import { dialogsOf, seenJobs, toldOperations, unreadVaults } from '../store/home.ts';
import type { Newest, SeenJob, Told, ToldOperation } from '../store/home.ts';
import { inventoryListedAt } from '../store/inventory.ts';
import { kindWord } from '../views/jobs/job-words.ts';
import { askingFlows } from './conversations.ts';
import type { Deps } from './deps.ts';
import { renderMessage } from './render-message.ts';
import { unlisted } from './inventory.ts';
import { refusalText } from './notices.ts';
import type { OutgoingMessage, Inbound } from './port.ts';
import { rightsOf } from './turn-rights.ts';
import { refuse } from '../core/refusal.ts';

const shown = 5;
/** So many operations are read, so that their jobs are not told a second time. */
const most = 50;
/** A vault whose jobs were missed so often, and a little, is not being read. */
const missedPolls = 3;
const graceMs = 60_000;
const runningWords = ['InProgress', 'Cancelling'];

type Found = {
  readonly waiting: Newest<Told & { readonly state: unknown }>;
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
    const rights = await rightsOf(deps, person);
    if (rights?.mayLook)
      return renderMessage({ template: 'sheet', data: sheetOf(said, await find(deps, person), person) }, context);
    const no = rights ? refuse('not-allowed', { what: 'look', role: 'viewer' }) : refuse('not-trusted-now');
    return renderMessage({ template: 'notice', data: { mark: 'stopped', ...refusalText(said, no) } }, context);
  };
}

async function find(deps: Deps, { id }: Person): Promise<Found> {
  const q = deps.database.db;
  const waiting = await dialogsOf(q, { person: id, flows: askingFlows, limit: shown });
  const asked = await toldOperations(q, { by: id, hours: 24, limit: shown });
  const running = await toldOperations(q, { status: 'running', limit: most });
  const failed = await toldOperations(q, { status: 'failed', hours: 24, limit: most });
  // A job that an operation of the bot follows is told by that operation's card.
  const own = new Set([...running.list, ...failed.list].flatMap(({ plan }) => vmsOfPlan(plan).map(({ name }) => name)));
  const others = (jobs: SeenJob[]) => jobs.filter(({ vm }) => !own.has(vm));
  return {
    waiting,
    asked,
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

function sheetOf(said: Words, found: Found, { unlinked }: Person) {
  const { say } = said;
  const told = ({ says, at }: Told) => ({ text: says, note: say('home.since', { at: said.dateTime(at) }) });
  const operation = ({ says, at, requester }: ToldOperation) => ({
    text: says,
    note: say('home.by', { who: starterName(said, requester), at: said.dateTime(at) }),
  });
  const job = ({ vm, operation: what, startedAt }: SeenJob) => ({
    text: say('home.job', { what: kindWord(said, what), vm }),
    note: startedAt ? say('home.since', { at: said.dateTime(startedAt) }) : '',
  });
  const { waiting, asked, running, runningJobs, failed, failedJobs } = found;
  const isWhole = found.lacks.length === 0;
  const lacking = found.lacks.map((lack): Block => ({ kind: 'text', text: lackLine(said, lack) }));
  const isUnlinked: Block[] = unlinked ? [{ kind: 'text', text: say('link.look-around') }] : [];
  return {
    mark: failed.all + failedJobs.length > 0 ? ('warn' as const) : isWhole ? ('info' as const) : ('unknown' as const),
    title: say('home.title'),
    subtitle: say('home.type'),
    body: [
      ...isUnlinked,
      ...lacking,
      section(said, 'home.waiting', items(waiting, told)),
      section(said, 'home.running', together(items(running, operation), runningJobs.map(job), isWhole)),
      section(said, 'home.failed', together(items(failed, operation), failedJobs.map(job), isWhole)),
      section(said, 'home.asked', items(asked, told)),
    ],
    buttons: buttonsOf(said, found),
  };
}

type Heading = 'home.waiting' | 'home.running' | 'home.failed' | 'home.asked';
type Item = { readonly text: string; readonly note: string };

function items<T>({ list, all }: Newest<T>, item: (of: T) => Item): Newest<Item> {
  return { list: list.map(item), all };
}

/** `isWhole` false: some of it could not be read, so that nothing found is not none. */
type Listing = Newest<Item> & { readonly isWhole?: boolean };

function together({ list, all }: Newest<Item>, others: readonly Item[], isWhole: boolean): Listing {
  return { list: [...list, ...others], all: all + others.length, isWhole };
}

function section({ say }: Words, heading: Heading, { list, all, isWhole = true }: Listing): Block {
  const listed = list.slice(0, shown);
  const rest = all - listed.length;
  const more = rest > 0 ? [{ text: say('home.more', { count: rest }) }] : [];
  const none = all === 0 ? [{ text: say(isWhole ? `${heading}-none` : 'home.none-read') }] : [];
  return { kind: 'list', heading: say(heading), items: [...listed, ...more, ...none] };
}

/** Each button types a command for the person, into their own chat with the bot. */
function buttonsOf({ say }: Words, found: Found): Button[] {
  const button = (title: string, command: string): Button => ({
    title,
    verb: 'command',
    data: { command },
    withInputs: false,
  });
  const vmsOf = (operations: readonly ToldOperation[]) => operations.flatMap(({ plan }) => vmsOfPlan(plan).slice(0, 1));
  const goOn = found.waiting.list.flatMap(({ state }) => askedIn(state)).slice(0, 3);
  const failed = [...vmsOf(found.failed.list).map(({ name }) => name), ...found.failedJobs.map(({ vm }) => vm)];
  return [
    ...goOn.map((asked) => button(say('home.go-on', { asked }), `backup ${asked}`)),
    ...[...new Set(failed)].slice(0, 3).map((vm) => button(say('home.why', { vm }), `backup job ${vm}`)),
    button(say('home.status'), 'backup status'),
    button(say('button.help'), 'help'),
  ];
}

const openedSchema = z.object({
  flow: z.string(),
  trail: z.tuple(
    [
      z.object({
        inputs: z.object({
          asked: z.object({ text: z.string().optional(), names: z.array(z.string()).optional() }).optional(),
          args: z.array(z.string()).optional(),
        }),
      }),
    ],
    z.unknown(),
  ),
});

/** What was typed to open a dialog, after `backup`; none where that is too long for a command. */
function askedIn(state: unknown): string[] {
  const opened = openedSchema.safeParse(state).data;
  if (!opened) return [];
  const [{ inputs }] = opened.trail;
  const { text, names } = inputs.asked ?? {};
  const asked = text ?? names?.join(' ') ?? [opened.flow, ...(inputs.args ?? [])].join(' ');
  return asked.length <= 100 ? [asked] : [];
}
