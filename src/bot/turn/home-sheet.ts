/** The home page as a card. Pure. */
import type { Unread } from '../../azure/partial-read.ts';
import { keyOfId, parseArmId } from '../../core/arm-id.ts';
import type { Person } from '../../core/person.ts';
import { calledApart } from '../../core/vm-target.ts';
import type { Block, Button, Input } from '../../message/card-data.ts';
import { asSheet } from '../../message/rendering/as-sheet.ts';
import { unreadLines } from '../../message/unread-words.ts';
import { capital } from '../../message/verdict-texts.ts';
import type { FindingToSay, Words } from '../../message/words.ts';
import { everyVm } from './every-vm.ts';
import { stepsOfVms } from '../../operations/cards/steps-of-vms.ts';
import { requestRows, type ListedRequest, type RequestList } from '../../operations/cards/requests-card.ts';
import { drawOperation } from '../../operations/cards/operation-card.ts';
import { jobOf, starterName } from '../../operations/cards/operation-drawing.ts';
import { readOperation, vmsOfPlan } from '../../operations/stored-operation.ts';
import type { Newest, SeenJob, ToldOperation } from '../../store/home.ts';
import { adviceOn } from '../../advice/advice.ts';
import { reasonInRow } from '../../advice/advice-words.ts';
import { failedJobOf, rowOf } from '../../views/jobs/job-row.ts';
import { storedJob } from '../alerts/stored-job.ts';
import { kindWord } from '../../views/jobs/job-words.ts';

/** How many rows are below a heading; the rest are counted. */
export const shown = 5;

/** A job with its VM's ID (null: Azure names none), and what an open alert says of that VM. */
export type HomeJob = SeenJob & {
  readonly vmId: string | null;
  readonly finding?: FindingToSay | null;
  readonly keks?: readonly string[];
};

/** What the page shows. */
export type HomeFound = {
  readonly now: Date;
  /** What waits for this person's approval, and what they asked others to approve. */
  readonly approvals: readonly ListedRequest[];
  readonly requests: readonly ListedRequest[];
  readonly asked: Newest<ToldOperation>;
  readonly running: Newest<ToldOperation>;
  readonly runningJobs: readonly HomeJob[];
  readonly failed: Newest<ToldOperation>;
  readonly failedJobs: readonly HomeJob[];
  /** What is missing from the lists of jobs; none: they are complete. */
  readonly lacks: readonly Lack[];
  /** The first VMs of the picker; the others are found by typing. */
  readonly vms: readonly { readonly title: string; readonly value: string }[];
};

/** Vaults whose jobs weren't read lately, a subscription that couldn't be listed, or an estate that never was. */
export type Lack = { readonly vaults: readonly string[] } | { readonly subscription: Unread } | 'all';

/** The page as a card. */
export function homeSheet(said: Words, found: HomeFound, { unlinked }: Person) {
  const { say } = said;
  const lacking = found.lacks.map((lack): Block => ({ kind: 'text', text: lackLine(said, lack) }));
  const isUnlinked: Block[] = unlinked ? [{ kind: 'text', text: say('link.look-around') }] : [];
  const failed = failedRows(said, found);
  // It opens the card with the verdict, which has no button to back up where Kluis is read-only.
  const checks = said.context.readOnly ? 'button.check' : 'home.backup';
  return {
    ...verdictOf(said, found, failed.length),
    subtitle: say('home.type'),
    body: [
      ...isUnlinked,
      ...section(said, 'home.failed', {
        rows: failed,
        all: failed.length + found.failed.all - found.failed.list.length,
      }),
      ...requestSection(said, 'approvals', found),
      ...section(said, 'home.running', runningRows(said, found)),
      ...requestSection(said, 'requests', found),
      ...section(said, 'home.asked', {
        rows: found.asked.list.map((one) => operationRow(said, one, found.now)),
        all: found.asked.all,
      }),
      ...lacking,
    ],
    ...(found.vms.length > 0 && { inputs: [vmPicker(said, found.vms)] }),
    buttons: [
      ...(found.vms.length > 0
        ? [pickButton(say(checks), 'backup'), pickButton(say('button.restore'), 'backup restore')]
        : []),
      commandButton(say('home.status'), 'backup status'),
      commandButton(say('status.show-open'), 'backup unprotected'),
      commandButton(say('button.help'), 'help'),
    ],
  };
}

function lackLine(said: Words, lack: Lack): string {
  if (lack === 'all') return said.say('home.not-listed');
  if ('vaults' in lack) return said.say('home.not-polled', { vaults: lack.vaults });
  return unreadLines(said, [lack.subscription]).join(' ');
}

/** What failed, or that nothing did, as far as is known. */
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

type Row = { readonly text: string; readonly note?: string | undefined; readonly button?: Button | undefined };

/** One row for each VM whose backup failed, and for each other operation, with a button to its cause and fix. */
function failedRows(said: Words, { failed, failedJobs, now }: HomeFound): Row[] {
  const all = failed.list.map((one) => ({ one, vms: failedVms(one) }));
  const called = calledOf([...all.flatMap(({ vms }) => vms.map(({ vm }) => vm)), ...failedJobs.map(vmOf)]);
  const operations = all.map(({ one, vms }): FailedRow => {
    const buttons = vms.map(({ vm, hasJob }) => (hasJob ? fixButton : againButton)(said, called(vm)));
    return { ...operationRow(said, one, now), buttons };
  });
  const jobs = failedJobs.map((job): FailedRow => {
    const vm = called(vmOf(job));
    const row = jobRow(said, { ...job, vm, now }, 'home.started');
    return { ...row, note: [causeOf(said, job), row.note].filter(Boolean).join(' · '), buttons: [fixButton(said, vm)] };
  });
  return newestOfEach([...operations, ...jobs]);
}

/** Why it failed, in a few words; where an alert is open for its VM, what the checks found then. */
function causeOf(said: Words, { body, finding = null, keks }: HomeJob): string {
  const job = storedJob(body);
  const row = rowOf(job, parseArmId(job.vaultId)?.name ?? '');
  const advice = adviceOn(failedJobOf({ ...row, finding, ...(keks && { keks }) }), said.context.company);
  return reasonInRow(said, advice, row).replace(/\.$/, '');
}

type Vm = { readonly id: string; readonly name: string };

/** A VM for which something failed; `hasJob`: that was a job in Azure, which has its own card with cause and fix. */
type FailedVm = { readonly vm: Vm; readonly hasJob: boolean };

/** The VMs of a failed operation for which something wasn't done; if that is unknown, all. */
export function failedVms(stored: ToldOperation): readonly FailedVm[] {
  const operation = readOperation(stored);
  const failed = (operation ? stepsOfVms(operation.plan, operation.parts) : []).flatMap(({ vm, open: [first] }) => {
    return first && operation ? [{ vm, hasJob: jobOf(first, operation.parts) !== null }] : [];
  });
  return failed.length > 0 ? failed : vmsOfPlan(stored.plan).map((vm) => ({ vm, hasJob: false }));
}

function vmOf({ vm: name, vmId }: HomeJob): Vm {
  return { id: vmId ?? '', name };
}

/** How each VM is named: with its group if another one has the same name. */
function calledOf(vms: readonly Vm[]): (vm: Vm) => string {
  const hasGroup = ({ id }: Vm) => parseArmId(id) !== null;
  const known = new Map(vms.filter(hasGroup).map((vm) => [keyOfId(vm.id), vm]));
  const called = calledApart([...known.values()]);
  return (vm) => (hasGroup(vm) ? called(vm) : vm.name);
}

type FailedRow = Omit<Row, 'button'> & { readonly buttons: readonly Button[] };

/**
 * A VM that failed again is in one row: that of its newest failure, since operations and jobs come newest first. One of
 * several VMs has the button of the first that no newer row has.
 */
function newestOfEach(rows: readonly FailedRow[]): Row[] {
  const seen = new Set<string>();
  return rows.flatMap(({ buttons, ...row }) => {
    const keys = buttons.length > 0 ? buttons.map(({ about = '' }) => about) : [row.text];
    const first = keys.findIndex((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    return first < 0 ? [] : [{ ...row, button: buttons[first] }];
  });
}

function runningRows(said: Words, { running, runningJobs, now }: HomeFound): Section {
  const rows = [
    ...running.list.map((one) => operationRow(said, one, now)),
    ...runningJobs.map((job) => jobRow(said, { ...job, now }, 'home.since')),
  ];
  return { rows, all: running.all + runningJobs.length };
}

function operationRow(said: Words, one: ToldOperation, now: Date): Row {
  const { requester, createdAt, glass } = one;
  const by = said.say('home.by', { who: starterName(said, requester), at: said.dated(createdAt, now) });
  return {
    text: verdictNow(said, one, now),
    note: glass ? `${by} · ${said.say('glass.by', { name: glass.name })}` : by,
  };
}

type JobNow = HomeJob & Pick<HomeFound, 'now'>;

function jobRow(
  said: Words,
  { vm, operation: what, startedAt, now }: JobNow,
  when: 'home.since' | 'home.started',
): Row {
  return {
    text: capital(said.say('home.job', { what: kindWord(said, what), vm })),
    note: startedAt ? said.say(when, { at: said.dated(startedAt, now) }) : '',
  };
}

/** What its card says, in the reader's language; of one that can't be read or drawn, what it says where it is. */
function verdictNow(said: Words, one: ToldOperation, now: Date): string {
  const operation = readOperation(one);
  try {
    return operation ? asSheet(drawOperation({ words: said, operation, now })).title : one.says;
  } catch {
    return one.says; // The log has the error since its card was drawn (`operation-now.ts`); Home has more to show.
  }
}

type Section = { readonly rows: readonly Row[]; readonly all: number };

/** The newest rows below their heading; nothing if there are none. */
function section({ say }: Words, heading: Heading, { rows, all }: Section): Block[] {
  if (rows.length === 0) return [];
  const listed = rows.slice(0, shown);
  const rest = all - listed.length;
  const more: Block[] = rest > 0 ? [{ kind: 'text', text: say('home.more', { count: rest }), tone: 'quiet' }] : [];
  return [{ kind: 'rows', heading: say(heading), rows: listed }, ...more];
}

type Heading = 'home.running' | 'home.failed' | 'home.asked' | 'home.approvals' | 'home.requests';

function requestSection(said: Words, list: RequestList, { now, ...found }: HomeFound): Block[] {
  const all = found[list];
  return section(said, `home.${list}`, {
    rows: requestRows(said, list, { all: all.slice(0, shown), now }),
    all: all.length,
  });
}

/** Every VM of the estate; typing is answered from the inventory. */
function vmPicker({ say }: Words, vms: HomeFound['vms']): Input {
  return { kind: 'pick', id: 'vm', label: say('home.vm'), style: 'filtered', choices: [...vms], search: everyVm };
}

/** A button that types a command with the picked VM. */
function pickButton(title: string, command: string): Button {
  return { title, verb: 'command', data: { command, picked: true }, withInputs: true };
}

function fixButton({ say }: Words, vm: string): Button {
  return { ...commandButton(say('button.show-fix'), `backup job ${vm}`), about: vm };
}

function againButton({ say }: Words, vm: string): Button {
  return { ...commandButton(say('button.check-again'), `backup ${vm}`), about: vm };
}

/** A button types a command for the person, into their own chat with the bot. */
function commandButton(title: string, command: string): Button {
  return { title, verb: 'command', data: { command }, withInputs: false };
}
