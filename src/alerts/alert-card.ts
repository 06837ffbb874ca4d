/** An alert as a card, and the notes about its changes in its thread. Pure. */
import type { Block, Button, CardMessage, Input } from '../message/card-data.ts';
import { everyChoice } from '../message/choices.ts';
import type { Words } from '../message/words.ts';
import {
  canBeMeant,
  isOpen,
  isSnoozed,
  nextMorning,
  severityOf,
  type Affected,
  type Alert,
  type Assignee,
  type Cause,
} from './alert.ts';
import { failedOver, failedTelling } from './failed-telling.ts';
import { shownCause } from './shown-cause.ts';
import { sightedOver, sightedTelling } from './sighted-telling.ts';
import type { AlertDrawing, Ended, Over, Telling } from './telling.ts';

export type { AlertDrawing } from './telling.ts';

/** How many have their own line; the rest are counted. */
const maxLines = 4;
const maxNamed = 4;
const maxListed = 60;
const picked = 'vm';

/** The type-ahead source of what can be picked on an alert's card, before the alert's ID. */
export const alertSearch = 'alert';

/** Everything that can be picked on an alert's card, however long its list is. */
export function alertChoices(drawing: AlertDrawing) {
  return everyChoice(alertCard(drawing), picked);
}

/** The card. */
export function alertCard(drawing: AlertDrawing): CardMessage {
  const open = drawing.affected.filter(isOpen);
  return { template: 'sheet', data: open.length === 0 ? overSheet(drawing) : openSheet(drawing, open) };
}

type Sheet = Extract<CardMessage, { template: 'sheet' }>['data'];

function openSheet(drawing: AlertDrawing, open: readonly Affected[]): Sheet {
  const { words, affected, alert, choosing, now } = drawing;
  const { say, dated } = words;
  const told = tellingOf(drawing, open);
  const since = say('alert.since', { at: dated(new Date(firstOf(open)), now) });
  const well = affected.filter(({ end }) => end?.why === 'good');
  const [only] = open as [Affected];
  const { fixes, azure } = told;
  return {
    mark: severityOf(alert.cause) === 'warning' ? 'warn' : 'failed',
    title: told.title,
    why: [told.rest.replace(/\.$/, ''), since, ...(open.length === 1 ? [told.noteOf(only, now)] : [])]
      .filter(Boolean)
      .join(' · '),
    body: [...handledBy(drawing), ...lines(drawing, told, open), ...fixes.slice(0, 1).map(unnumbered)],
    ...(choosing
      ? { inputs: choosingInputs(drawing, choosing), buttons: choosingButtons(drawing) }
      : {
          inputs: picking(drawing, told),
          buttons: [
            ...told.buttons,
            takeOnButton(drawing, told),
            ...(told.more ?? []),
            ...laterButtons(drawing, told),
          ].map((one) => ofAlert(alert, one)),
        }),
    ...(well.length > 0 && { line: say('alert.well', { vms: named(words, well) }) }),
    details: [
      ...(open.length > maxLines ? [{ title: say('alert.vms'), body: [allNames(open)] }] : []),
      ...(fixes.length > 1 ? [{ title: say('failed.fixes'), body: [...fixes] }] : []),
      ...(azure.length > 0
        ? [{ title: say('fold.azure-says'), body: [{ kind: 'facts' as const, facts: [...azure] }] }]
        : []),
    ],
    links: [told.link],
  };
}

/** A command that is pressed here is typed because of the alert. */
function ofAlert({ id }: Alert, button: Button): Button {
  return button.verb === 'command' ? { ...button, data: { ...button.data, alert: id } } : button;
}

/** What the buttons act on. The names that don't fit are found by typing. */
function picking({ alert }: AlertDrawing, { picks }: Telling): Input[] {
  if (!picks) return [];
  const { label, choices } = picks;
  const search = `${alertSearch}/${alert.id}`;
  return [{ kind: 'pick', id: picked, label, style: 'filtered', choices: [...choices], search }];
}

/** A first step that is shown alone, without its number. */
function unnumbered(block: Block): Block {
  const bare = (text: string) => text.replace(/^1\. /, '');
  if (block.kind === 'text') return { ...block, text: bare(block.text) };
  return block.kind === 'code' && block.caption ? { ...block, caption: bare(block.caption) } : block;
}

function tellingOf({ words, alert: { cause } }: AlertDrawing, open: readonly Affected[]): Telling {
  if (cause.kind !== 'backup-failed') return sightedTelling(words, cause, open);
  return failedTelling(words, shownCause(cause, open), open);
}

/** It is closed: everything is in order again, or nothing is wrong for this cause any more. */
function overSheet({ words, alert, affected }: AlertDrawing): Sheet {
  const well = affected.filter(({ end }) => end?.why === 'good');
  const told = overOf(words, alert.cause, { well, affected, took: tookOf(words, alert) });
  return {
    mark: well.length === 0 ? 'info' : 'ok',
    ...told,
    ...(affected.length > 1 && { line: named(words, affected) }),
  };
}

function overOf(words: Words, cause: Cause, ended: Ended): Over {
  if (cause.kind !== 'backup-failed') return sightedOver(words, cause, ended);
  return failedOver(words, shownCause(cause, ended.affected), ended);
}

function handledBy({ words, alert, now }: AlertDrawing): Block[] {
  const { say, dated } = words;
  const lines = [
    ...(alert.takenOn ? [takenOnBy(words, alert.takenOn, now)] : []),
    ...(isSnoozed(alert, now)
      ? [say('alert.snoozed', { at: dated(new Date(alert.snoozedUntil as string), now) })]
      : []),
  ];
  return lines.map((text) => ({ kind: 'text', text, tone: 'strong' }));
}

function takenOnBy({ say, dated }: Words, { name, at: when, by }: NonNullable<Alert['takenOn']>, now: Date): string {
  const at = dated(new Date(when), now);
  if (by === undefined) return say('alert.taken-on', { who: name, at });
  return say('alert.assigned', { who: name, by, at });
}

/** One line for each of several. The one that has been without a good backup longest comes first. */
function lines({ words, now }: AlertDrawing, { noteOf }: Telling, open: readonly Affected[]): Block[] {
  if (open.length < 2) return [];
  const { say } = words;
  const worst = open.toSorted((a, b) => (a.lastGood ?? '').localeCompare(b.lastGood ?? ''));
  const items = worst.slice(0, maxLines).map((one) => ({ text: one.name, ...noted(noteOf(one, now)) }));
  const rest = open.length - items.length;
  const more: Block[] = rest > 0 ? [{ kind: 'text', text: say('alert.more', { count: rest }), tone: 'quiet' }] : [];
  return [{ kind: 'list', items }, ...more];
}

function noted(note: string): { note?: string } {
  return note === '' ? {} : { note };
}

function allNames(open: readonly Affected[]): Block {
  const names = open.map(({ name }) => name).sort();
  return { kind: 'text', text: [...names.slice(0, maxListed), ...(names.length > maxListed ? ['…'] : [])].join(', ') };
}

/** Who it is assigned to, and until when it is snoozed. Either may stay empty: each button reads its own. */
function choosingInputs({ words: { say } }: AlertDrawing, people: readonly Assignee[]): Input[] {
  const choices = people.map(({ id, name }) => ({ title: name, value: id }));
  const whom: Input = { kind: 'pick', id: 'assignee', label: say('alert.whom'), style: 'filtered', choices };
  return [...(choices.length > 0 ? [whom] : []), { kind: 'date', id: 'until', label: say('alert.until-day') }];
}

function choosingButtons({ words: { say }, alert }: AlertDrawing): Button[] {
  const data = { alert: alert.id };
  return [
    { title: say('alert.assign'), verb: 'assign', data, style: 'positive' },
    { title: say('alert.snooze-until'), verb: 'snooze-until', data },
    { title: say('button.back'), verb: 'back', data, withInputs: false },
  ];
}

/** Taking the alert on; the primary button where Kluis has no operation for it. */
function takeOnButton({ words: { say }, alert }: AlertDrawing, told: Telling): Button {
  const takeOn = ownButton(alert, say('alert.take-on'), 'take-on');
  return told.buttons.length === 0 ? { ...takeOn, style: 'positive' } : takeOn;
}

/**
 * What else can be done with the alert itself, behind the row's `…`: on a phone a fix and its doer come first. A card
 * of Teams has six buttons in all: beside too many others Snooze 1 hour is left out.
 */
function laterButtons({ words, alert, now }: AlertDrawing, told: Telling): Button[] {
  const { say, time } = words;
  const { timeZone } = words.context;
  const day = say('alert.snooze-day', { at: time(nextMorning(now, timeZone)) });
  const isMeant = alert.cause.kind !== 'backup-failed' && canBeMeant.has(alert.cause.kind);
  const others = told.buttons.length + (told.more?.length ?? 0) + (isMeant ? 1 : 0);
  const hour = others < 3 ? [ownButton(alert, say('alert.snooze-hour'), 'snooze-hour')] : [];
  const snooze = isSnoozed(alert, now)
    ? [ownButton(alert, say('alert.wake-up'), 'wake-up')]
    : [...hour, ownButton(alert, day, 'snooze-day')];
  const meant = isMeant ? [ownButton(alert, say('alert.intended'), 'intended')] : [];
  const later = [...snooze, ownButton(alert, say('alert.choose'), 'choose'), ...meant];
  return later.map((button) => ({ ...button, behind: true }));
}

function ownButton({ id }: Alert, title: string, verb: string): Button {
  return { title, verb, data: { alert: id }, withInputs: false };
}

/** The note below the card when something joined or left the alert; null: an edit of the card shows it all. */
export function alertNote(
  { words, alert, affected }: AlertDrawing,
  { came, went }: { readonly came: readonly Affected[]; readonly went: readonly Affected[] },
): string | null {
  const { say } = words;
  const isFailure = alert.cause.kind === 'backup-failed';
  if (!affected.some(isOpen)) {
    if (went.length === 0) return say(isFailure ? 'alert.note-moved' : 'sighted.note-moved');
    const [count, vm] = [affected.length, affected[0]?.name ?? ''];
    return say(isFailure ? 'alert.note-closed' : 'sighted.note-closed', { count, vm, took: tookOf(words, alert) });
  }
  const told = (key: 'came' | 'went', some: readonly Affected[]) =>
    some.length === 0
      ? []
      : [`${say(`${isFailure ? 'alert' : 'sighted'}.note-${key}`, { count: some.length, vms: named(words, some) })}.`];
  const notes = [...told('came', came), ...told('went', went)];
  return notes.length > 0 ? notes.join(' ') : null;
}

function named(words: Words, some: readonly Affected[]): string {
  return words.names(
    some.map(({ name }) => name),
    maxNamed,
  );
}

function firstOf(open: readonly Affected[]): string {
  return open.map(({ since }) => since).sort()[0] as string;
}

function tookOf(words: Words, { openedAt, closedAt }: Alert): string {
  return words.duration(Math.max(0, Date.parse(closedAt ?? openedAt) - Date.parse(openedAt)));
}
