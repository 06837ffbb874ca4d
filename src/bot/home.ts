/** The page on which somebody sees at a glance what concerns them: what waits, what they asked, what runs, what failed. */
import type { Person } from '../core/person.ts';
import type { Block, Button } from '../message/card-data.ts';
import { words, type Words } from '../message/words.ts';
import type { Plan } from '../operations/plan.ts';
import { dialogsOf, seenJobs, toldOperations, type SeenJob, type Told, type ToldOperation } from '../store/home.ts';
import { kindWord } from '../views/jobs/job-words.ts';
import type { Deps } from './deps.ts';
import { drawCard } from './drawn.ts';
import { refusalText } from './notices.ts';
import type { Drawn, Inbound } from './port.ts';
import { rightsOf } from './turn-rights.ts';
import { refuse } from '../core/refusal.ts';

const shown = 5;
const runningWords = ['InProgress', 'Cancelling'];

type Found = {
  readonly waiting: readonly (Told & { state: unknown })[];
  readonly asked: readonly ToldOperation[];
  readonly running: readonly ToldOperation[];
  readonly runningJobs: readonly SeenJob[];
  readonly failed: readonly ToldOperation[];
  readonly failedJobs: readonly SeenJob[];
};

/** Draws a person's page as it stands in the database; Azure is not asked. Who may not look is told so. */
export function homePage(deps: Deps): (person: Person, reader: Inbound['reader']) => Promise<Drawn> {
  return async (person, reader) => {
    const look = { ...reader, timeZone: reader.timeZone ?? deps.defaultTimeZone, simulated: deps.simulated };
    const said = words(look);
    const rights = await rightsOf(deps, person);
    if (rights?.mayLook) return drawCard({ template: 'sheet', data: sheetOf(said, await find(deps, person)) }, look);
    const no = rights ? refuse('not-allowed', { what: 'look', role: 'viewer' }) : refuse('not-trusted-now');
    return drawCard({ template: 'notice', data: { mark: 'stopped', ...refusalText(said, no) } }, look);
  };
}

async function find(deps: Deps, { id }: Person): Promise<Found> {
  const q = deps.database.db;
  const waiting = await dialogsOf(q, id, shown + 1);
  const asked = await toldOperations(q, { by: id, hours: 24, limit: shown + 1 });
  const running = await toldOperations(q, { status: 'running', limit: shown + 1 });
  const failed = await toldOperations(q, { status: 'failed', hours: 24, limit: shown + 1 });
  // A job that an operation of the bot follows is told by that operation's card.
  const own = new Set([...running, ...failed].flatMap(({ plan }) => (plan as Plan).vms.map(({ name }) => name)));
  const others = (jobs: SeenJob[]) => jobs.filter(({ vm }) => !own.has(vm));
  return {
    waiting,
    asked,
    running,
    failed,
    runningJobs: others(await seenJobs(q, runningWords, 72)),
    failedJobs: others(await seenJobs(q, ['Failed'], 24)),
  };
}

function sheetOf(said: Words, found: Found) {
  const { say } = said;
  const told = ({ says, at }: Told) => ({ text: says, note: say('home.since', { at: said.dateTime(at) }) });
  const operation = ({ says, at, requester }: ToldOperation) => ({
    text: says,
    note: say('home.by', { who: requester.name, at: said.dateTime(at) }),
  });
  const job = ({ vm, operation: what, startedAt }: SeenJob) => ({
    text: say('home.job', { what: kindWord(said, what), vm }),
    note: startedAt ? say('home.since', { at: said.dateTime(startedAt) }) : '',
  });
  const { waiting, asked, running, runningJobs, failed, failedJobs } = found;
  return {
    mark: failed.length + failedJobs.length > 0 ? ('warn' as const) : ('info' as const),
    title: say('home.title'),
    subtitle: say('home.type'),
    body: [
      section(said, 'home.waiting', waiting.map(told)),
      section(said, 'home.running', [...running.map(operation), ...runningJobs.map(job)]),
      section(said, 'home.failed', [...failed.map(operation), ...failedJobs.map(job)]),
      section(said, 'home.asked', asked.map(told)),
    ],
    buttons: buttonsOf(said, found),
  };
}

type Heading = 'home.waiting' | 'home.running' | 'home.failed' | 'home.asked';
type Item = { readonly text: string; readonly note: string };

function section({ say }: Words, heading: Heading, items: readonly Item[]): Block {
  const rest = items.length - shown;
  const more = rest > 0 ? [{ text: say('home.more', { count: rest }) }] : [];
  const none = items.length === 0 ? [{ text: say(`${heading}-none`) }] : [];
  return { kind: 'list', heading: say(heading), items: [...items.slice(0, shown), ...more, ...none] };
}

/** Each button types a command for the person, into their own chat with the bot. */
function buttonsOf({ say }: Words, found: Found): Button[] {
  const button = (title: string, command: string): Button => ({
    title,
    verb: 'command',
    data: { command },
    withInputs: false,
  });
  const vmsOf = (operations: readonly ToldOperation[]) =>
    operations.flatMap(({ plan }) => (plan as Plan).vms.slice(0, 1));
  const goOn = found.waiting.flatMap(({ state }) => askedVm(state)).slice(0, 3);
  const failed = [...vmsOf(found.failed).map(({ name }) => name), ...found.failedJobs.map(({ vm }) => vm)];
  return [
    ...goOn.map((vm) => button(say('home.go-on', { vm }), `backup ${vm}`)),
    ...[...new Set(failed)].slice(0, 3).map((vm) => button(say('home.why', { vm }), `backup job ${vm}`)),
    button(say('home.status'), 'backup status'),
    button(say('button.help'), 'help'),
  ];
}

/** The VM that a dialog was opened for, by what was typed. */
function askedVm(state: unknown): string[] {
  const { trail } = (state ?? {}) as { trail?: readonly { inputs?: { asked?: { text?: unknown } } }[] };
  const text = trail?.[0]?.inputs?.asked?.text;
  return typeof text === 'string' && text.length < 100 ? [text] : [];
}
