/** What people do about an alert itself: take it, assign it or snooze it. What fixes it is a command. */
import {
  affectedIn,
  canBeMeant,
  isOpen,
  isSnoozed,
  morning,
  nextMorning,
  type Alert,
  type Assignee,
} from '../../alerts/alert.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { wallTimeOn } from '../../message/wall-time.ts';
import { words, type Words } from '../../message/words.ts';
import { alertById, saveAlert, type StoredAlert } from '../../store/alerts.ts';
import { conversationById, type Conversation } from '../../store/conversations.ts';
import { peopleIn } from '../../store/dialogs.ts';
import { isShownHere } from '../channel-places.ts';
import type { Within } from '../deps.ts';
import type { Answer, InboundEvent } from '../port.ts';
import { record } from '../record.ts';
import { renderContextIn } from '../render-context.ts';
import { refusalOf } from '../rights/gate.ts';
import type { Turn } from '../turn-context.ts';
import { updateIfChanged } from '../update-if-changed.ts';
import { alertTitle, drawAlert, redrawAlert, sayBelow } from './show-alert.ts';

type Click = Extract<InboundEvent, { kind: 'click' }>;

const hourMs = 3_600_000;
const maxSnoozeMs = 366 * 86_400_000;
/** The most choices that a list can have on either platform without a type-ahead. */
const maxAssignees = 90;

/** Handles a press on an alert's card, by anyone who can back up anything: it concerns everyone who reads it. */
export async function clickOnAlert(turn: Turn, click: Click, id: string): Promise<Answer | Refusal> {
  const { deps, unit, inbound, rights } = turn;
  const stored = await alertById(unit.q, id);
  const { id: conversation, channel } = inbound.conversation;
  const here = { conversation, channel, messageId: click.messageId };
  if (!stored || !(await isShownHere({ unit }, here, stored.copies))) return refuse('unknown-dialog');
  if (!rights) return refuse('not-trusted-now', { what: 'identity' });
  const barred = refusalOf(rights.maySomewhere('back-up-now'));
  if (barred) return barred;
  if (stored.alert.closedAt !== null) return shownTo(turn, stored);
  if (click.verb === 'choose') return shownTo(turn, stored, await assignees(turn));
  if (click.verb === 'back') return backTo(turn, stored);
  const moved = await movedBy(turn, click, stored.alert);
  if (isRefusal(moved) || 'show' in moved) return moved;
  const { alert } = moved;
  // Pressed twice: it stands like this already.
  if (alert === stored.alert) return shownTo(turn, stored);
  const next = { ...stored, alert };
  await saveAlert(unit.q, next);
  const operation = { id: null, digest: '', requester: inbound.person };
  const to = moved.to?.id ?? null;
  const detail = { alert: id, move: click.verb, cause: alert.cause.key, snoozedUntil: alert.snoozedUntil, to };
  await record(unit, { now: deps.clock.now(), what: 'alert', operation, detail });
  await redrawAlert({ deps, unit }, next);
  if (moved.note) await sayOfMove(turn, next, moved);
  return shownTo(turn, next);
}

/**
 * The person it is assigned to gets a message where it was assigned: in other channels they may have another ID, and
 * the card there says it.
 */
async function sayOfMove(turn: Turn, { alert, copies }: StoredAlert, { note, to }: Moved): Promise<void> {
  const { deps, unit, inbound } = turn;
  for (const { message, conversation, scope } of copies) {
    const at = await conversationById(unit.q, conversation);
    if (!at || !note || (to && !isPlaceOf(inbound.conversation, at))) continue;
    const what = alertTitle(deps, alert, { at, scope });
    const text = (place: Conversation) => note(words(renderContextIn(deps, place.id, place)), what);
    await sayBelow(turn, { message, at, ...(to && { to }) }, text);
  }
}

/** Whether a card that is shown there was pressed here. A chat has no channel, so only its own card counts. */
function isPlaceOf(here: Pick<Conversation, 'id' | 'channel'>, there: Conversation): boolean {
  return there.id === here.id || (here.channel !== null && there.channel === here.channel);
}

/** From the form to the card. A previous version showed everybody the form: for them it is redrawn as well. */
async function backTo(turn: Turn, stored: StoredAlert): Promise<Answer> {
  const { deps, unit } = turn;
  for (const { message, conversation, scope } of stored.copies) {
    const at = await conversationById(unit.q, conversation);
    if (at && (await updateIfChanged(unit.q, message, drawAlert(deps, stored.alert, { at, scope }))))
      unit.wake({ to: 'deliver', id: conversation });
  }
  return shownTo(turn, stored);
}

/** The card again, as it is shown where it was pressed; with `choosing` as a form, which changes nothing until sent. */
async function shownTo(
  { deps, unit, inbound }: Turn,
  { alert, copies }: StoredAlert,
  choosing?: readonly Assignee[],
): Promise<Answer> {
  const places = await Promise.all(
    copies.map(async ({ conversation, scope }) => ({ at: await conversationById(unit.q, conversation), scope })),
  );
  const here = places.find(({ at }) => at && isPlaceOf(inbound.conversation, at));
  if (!here?.at) return { show: 'nothing' };
  const place = { at: here.at, scope: here.scope };
  if (choosing) return { show: 'form', drawn: drawAlert(deps, alert, { ...place, choosing }) };
  return { show: 'card', drawn: drawAlert(deps, alert, place) };
}

/** What a press changes in an alert, what its threads say about it (`what`: its title), and who it is assigned to. */
type Moved = {
  readonly alert: Alert;
  readonly note?: (said: Words, what: string) => string;
  readonly to?: Assignee;
};

async function movedBy(turn: Turn, { verb, inputs }: Click, alert: Alert): Promise<Moved | Answer | Refusal> {
  const { deps, inbound, context } = turn;
  const now = deps.clock.now();
  const { id, name } = inbound.person;
  const said = words(context);
  const until = (at: Date): Moved => {
    const snoozedUntil = at.toISOString();
    return { alert: alert.snoozedUntil === snoozedUntil ? alert : { ...alert, snoozedUntil } };
  };
  switch (verb) {
    case 'take-on':
      if (alert.takenOn?.id === id && alert.takenOn.by === undefined) return { alert };
      return { alert: { ...alert, takenOn: { id, name, at: now.toISOString() } } };
    case 'snooze-hour':
      return until(new Date(now.getTime() + hourMs));
    case 'snooze-day':
      return until(nextMorning(now, context.timeZone));
    case 'snooze-until': {
      const day = snoozeDay(inputs['until'], { now, timeZone: context.timeZone });
      return day ? until(day) : notFilled('until', said.say('alert.no-day'));
    }
    case 'wake-up':
      return { alert: { ...alert, snoozedUntil: null } };
    case 'assign':
      return assigned(turn, alert, inputs['assignee']);
    case 'intended':
      return intended(alert, now, (words) => words.say('alert.note-intended', { who: name }));
    default:
      return refuse('unreadable-click');
  }
}

/** Only to somebody that the form offers. */
async function assigned(turn: Turn, alert: Alert, asked: unknown): Promise<Moved | Answer> {
  const { deps, inbound, context } = turn;
  const to = (await assignees(turn)).find(({ id }) => id === asked);
  if (!to) return notFilled('assignee', words(context).say('alert.no-assignee'));
  const by = inbound.person.name;
  if (alert.takenOn?.id === to.id && alert.takenOn.by === by) return { alert };
  const takenOn = { id: to.id, name: to.name, at: deps.clock.now().toISOString(), by };
  return { alert: { ...alert, takenOn }, to, note: ({ say }, what) => say('alert.note-assigned', { by, what }) };
}

function notFilled(field: 'assignee' | 'until', text: string): Answer {
  return { show: 'text', text, code: null, fields: { [field]: text } };
}

/** Somebody says that this is intended: it is closed until it happens again. */
function intended(alert: Alert, now: Date, note: (said: Words) => string): Moved | Refusal {
  if (alert.cause.kind === 'backup-failed' || !canBeMeant.has(alert.cause.kind)) return refuse('unreadable-click');
  const end = { why: 'intended', at: now.toISOString() } as const;
  const affected = alert.affected.map((one) => (isOpen(one) ? { ...one, end } : one));
  return { alert: { ...alert, affected, closedAt: end.at }, note };
}

/** 08:00 on a day from tomorrow on; null: it isn't a valid day, or is more than a year ahead. */
function snoozeDay(day: unknown, { now, timeZone }: { readonly now: Date; readonly timeZone: string }): Date | null {
  const isDay = typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  const at = isDay ? wallTimeOn({ day, time: morning, timeZone }) : undefined;
  return at && at > now && at.getTime() - now.getTime() <= maxSnoozeMs ? at : null;
}

/** People who have used Kluis in this channel, including the one who presses. */
async function assignees({ unit, inbound }: Turn): Promise<readonly Assignee[]> {
  const seen = await peopleIn(unit.q, inbound.conversation, maxAssignees);
  const all = new Map([...seen, inbound.person].map(({ id, name, platformId }) => [id, { id, name, platformId }]));
  return [...all.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Ends a snooze whose time has passed: the thread says what still fails. */
export async function endSnooze(within: Within, id: string): Promise<void> {
  const { deps, unit } = within;
  const stored = await alertById(unit.q, id);
  if (!stored || stored.alert.closedAt !== null || stored.alert.snoozedUntil === null) return;
  if (isSnoozed(stored.alert, deps.clock.now())) return;
  const next = { ...stored, alert: { ...stored.alert, snoozedUntil: null } };
  await saveAlert(unit.q, next);
  await redrawAlert(within, next);
  for (const { message, conversation, scope } of next.copies) {
    const at = await conversationById(unit.q, conversation);
    const count = affectedIn(next.alert, scope).filter(isOpen).length;
    if (!at || count === 0) continue;
    await sayBelow(within, { message, at }, (place) =>
      words(renderContextIn(deps, place.id, place)).say('alert.note-awake', { count }),
    );
  }
}
