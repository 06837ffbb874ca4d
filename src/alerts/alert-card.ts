/** An alert as a card, and what is said of its moves in its thread. Pure. */
import { fixesFor, diagnose } from '../knowledge/index.ts';
import { maxVerdict, type Block, type Button, type CardMessage } from '../message/card-data.ts';
import { findingPhrase } from '../message/finding-phrase.ts';
import { jobsLink } from '../message/portal-link.ts';
import { fixBlocks } from '../message/rendering/fix-blocks.ts';
import type { Words } from '../message/words.ts';
import { causeOf, firstSentence } from '../views/jobs/failure-rows.ts';
import { isStopped, type Alert, type AlertVm } from './alert.ts';

/** An alert as it is shown at one place: with the VMs that are heard of there. */
export type AlertDrawing = {
  readonly words: Words;
  readonly alert: Alert;
  readonly vms: readonly AlertVm[];
  readonly now: Date;
};

/** So many VMs have a line of their own; the rest are counted. */
const maxLines = 4;
const maxNamed = 4;
const maxListed = 60;
/** As many VMs fit in one command. */
const maxInCommand = 10;

/** The card. */
export function alertCard(drawing: AlertDrawing): CardMessage {
  const stopped = drawing.vms.filter(isStopped);
  return { template: 'sheet', data: stopped.length === 0 ? overSheet(drawing) : openSheet(drawing, stopped) };
}

type Sheet = Extract<CardMessage, { template: 'sheet' }>['data'];

function openSheet(drawing: AlertDrawing, stopped: readonly AlertVm[]): Sheet {
  const { words, alert, vms, now } = drawing;
  const { say } = words;
  const { title, rest } = verdictOf(drawing, stopped);
  const [only] = stopped as [AlertVm];
  const since = say('alert.since', { at: new Date(firstOf(stopped)) });
  const well = vms.filter(({ end }) => end?.why === 'good');
  const fixes = fixesOf(words, alert, stopped);
  return {
    mark: 'failed',
    title,
    why: [rest, since, ...(stopped.length === 1 ? [exposureOf(words, only, now)] : [])].filter(Boolean).join(' · '),
    body: [...handledBy(drawing), ...vmLines(drawing, stopped), ...fixes.slice(0, 1)],
    buttons: [fixButton(words, alert, stopped), ...handlingButtons(drawing)],
    ...(well.length > 0 && { line: say('alert.well', { vms: named(words, well) }) }),
    details: [
      ...(stopped.length > maxLines ? [{ title: say('alert.vms'), body: [allNames(stopped)] }] : []),
      ...(fixes.length > 1 ? [{ title: say('failed.fixes'), body: fixes }] : []),
      { title: say('fold.azure-says'), body: [azureFacts(words, alert, stopped)] },
    ],
    links: [jobsLink(say('link.job'), only.vaultId)],
  };
}

/** It closed: every VM has a good backup since, or none fails for this cause any more. */
function overSheet({ words, alert, vms }: AlertDrawing): Sheet {
  const { say } = words;
  const well = vms.filter(({ end }) => end?.why === 'good');
  const [only] = well;
  const title =
    well.length === 0
      ? say('alert.moved')
      : well.length === 1 && only
        ? say('alert.closed-one', { vm: only.name })
        : say('alert.closed-many', { count: well.length });
  const why = say('alert.lasted', { why: capital(sentence(words, alert)), took: tookOf(words, alert) });
  return { mark: well.length === 0 ? 'info' : 'ok', title, why, line: named(words, vms) };
}

/** The verdict, with its cause where there is room for that; `rest`: what found none. */
function verdictOf({ words, alert }: AlertDrawing, stopped: readonly AlertVm[]): { title: string; rest: string } {
  const { say } = words;
  const why = sentence(words, alert);
  const [only] = stopped;
  const one = stopped.length === 1 && only !== undefined;
  const whole = one ? say('alert.one', { vm: only.name, why }) : say('alert.many', { count: stopped.length, why });
  if (Array.from(whole).length <= maxVerdict) return { title: whole, rest: '' };
  const title = one ? say('alert.one-plain', { vm: only.name }) : say('alert.many-plain', { count: stopped.length });
  return { title, rest: capital(why) };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The cause in one sentence, without its full stop. */
function sentence(words: Words, { cause }: Alert): string {
  const text = cause.finding ? findingPhrase(words, cause.finding) : causeOf(words, cause);
  return firstSentence(text, words.context.locale).replace(/\.$/, '');
}

function handledBy({ words, alert, now }: AlertDrawing): Block[] {
  const { say } = words;
  const lines = [
    ...(alert.takenOn ? [say('alert.taken-on', { who: alert.takenOn.name, at: new Date(alert.takenOn.at) })] : []),
    ...(isSnoozed(alert, now) ? [say('alert.snoozed', { at: new Date(alert.snoozedUntil as string) })] : []),
  ];
  return lines.map((text) => ({ kind: 'text', text, tone: 'strong' }));
}

/** Whether nothing new is said of it now. */
export function isSnoozed({ snoozedUntil }: Alert, now: Date): boolean {
  return snoozedUntil !== null && Date.parse(snoozedUntil) > now.getTime();
}

/** The real exposure of each VM: since when it has no good backup. The worst first. */
function vmLines({ words, now }: AlertDrawing, stopped: readonly AlertVm[]): Block[] {
  if (stopped.length < 2) return [];
  const { say } = words;
  const worst = stopped.toSorted((a, b) => (a.lastGood ?? '').localeCompare(b.lastGood ?? ''));
  const items = worst.slice(0, maxLines).map((vm) => ({ text: vm.name, note: exposureOf(words, vm, now) }));
  const rest = stopped.length - items.length;
  const more: Block[] = rest > 0 ? [{ kind: 'text', text: say('alert.more', { count: rest }), tone: 'quiet' }] : [];
  return [{ kind: 'list', items }, ...more];
}

function allNames(stopped: readonly AlertVm[]): Block {
  const names = stopped.map(({ name }) => name).sort();
  return { kind: 'text', text: [...names.slice(0, maxListed), ...(names.length > maxListed ? ['…'] : [])].join(', ') };
}

function exposureOf(words: Words, { failures, lastGood }: AlertVm, now: Date): string {
  const { say } = words;
  const ago = lastGood && words.duration(Math.max(0, now.getTime() - Date.parse(lastGood)));
  return say('alert.exposure', {
    count: failures,
    good: ago ? say('alert.good', { ago }) : say('alert.never-good'),
  });
}

/** What mends it, one after another: of what the checks know that, else the documented ways. */
function fixesOf(words: Words, { cause }: Alert, [only, ...others]: readonly AlertVm[]): Block[] {
  if (cause.finding) {
    const { fix } = words.finding(cause.finding);
    return fix === null ? [] : fixBlocks(fix);
  }
  const diagnosis = diagnose({ ...cause, texts: cause.says, operation: 'backup', origin: 'backup-job' });
  if (diagnosis.kind !== 'known') return [{ kind: 'text', text: words.say('failed.no-advice') }];
  const group = others.length === 0 ? only?.resourceGroup : null;
  const vm = only && group ? { name: only.name, resourceGroup: group } : null;
  const fixes = fixesFor(diagnosis.entry, words.context.locale, { os: null, keyVault: null, hasAccess: false, vm });
  return fixes.map((text, at) => ({ kind: 'text', text: fixes.length > 1 ? `${at + 1}. ${text}` : text }));
}

/** It opens the card that mends it: of each VM that has it, looked at anew, behind the same gate as any other. */
function fixButton({ say }: Words, { cause }: Alert, stopped: readonly AlertVm[]): Button {
  const [only] = stopped as [AlertVm];
  const names = stopped.slice(0, maxInCommand).map(({ calledAs }) => calledAs);
  const isKnown = cause.finding !== null;
  const command = isKnown || stopped.length > 1 ? `backup ${names.join(' ')}` : `backup job ${only.jobId}`;
  const title =
    stopped.length > 1
      ? say('failures.fix-many', { count: names.length })
      : isKnown
        ? say('button.show-fix')
        : say('button.show-why');
  return { title, about: names.join(', '), verb: 'command', data: { command }, withInputs: false, style: 'positive' };
}

/** What is done about the alert itself. */
function handlingButtons({ words: { say }, alert, now }: AlertDrawing): Button[] {
  const button = (title: string, verb: string): Button => ({
    title,
    verb,
    data: { alert: alert.id },
    withInputs: false,
  });
  const snooze = isSnoozed(alert, now)
    ? [button(say('alert.wake-up'), 'wake-up')]
    : [button(say('alert.snooze-hour'), 'snooze-hour'), button(say('alert.snooze-day'), 'snooze-day')];
  return [button(say('alert.take-on'), 'take-on'), ...snooze];
}

function azureFacts({ say }: Words, { cause }: Alert, stopped: readonly AlertVm[]): Block {
  const newest = stopped.toSorted((a, b) => b.last.localeCompare(a.last))[0] as AlertVm;
  return {
    kind: 'facts',
    facts: [
      { title: say('failed.code'), value: cause.codes.join(' · ') || '–' },
      { title: say('failed.azure-says'), value: cause.says.join(' ') || '–' },
      { title: say('failed.job'), value: newest.jobId },
      ...(newest.activityId ? [{ title: say('failed.request'), value: newest.activityId }] : []),
    ],
  };
}

/** What is said below the card when VMs came and went; null: nothing that an edit does not show. */
export function alertNote(
  { words, alert, vms }: AlertDrawing,
  { came, went }: { readonly came: readonly AlertVm[]; readonly went: readonly AlertVm[] },
): string | null {
  const { say } = words;
  if (!vms.some(isStopped))
    return went.length > 0 ? say('alert.note-closed', { took: tookOf(words, alert) }) : say('alert.note-moved');
  const told = [
    ...(came.length > 0 ? [`${say('alert.note-came', { count: came.length, vms: named(words, came) })}.`] : []),
    ...(went.length > 0 ? [`${say('alert.note-went', { count: went.length, vms: named(words, went) })}.`] : []),
  ];
  return told.length > 0 ? told.join(' ') : null;
}

function named(words: Words, vms: readonly AlertVm[]): string {
  return words.names(
    vms.map(({ name }) => name),
    maxNamed,
  );
}

function firstOf(vms: readonly AlertVm[]): string {
  return vms.map(({ since }) => since).sort()[0] as string;
}

function tookOf(words: Words, { openedAt, closedAt }: Alert): string {
  return words.duration(Math.max(0, Date.parse(closedAt ?? openedAt) - Date.parse(openedAt)));
}
