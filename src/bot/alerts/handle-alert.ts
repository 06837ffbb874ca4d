/** What people do about an alert itself: take it on, and have it be silent for a while. What mends it is a command. */
import type { Alert } from '../../alerts/alert.ts';
import { isStopped, vmsIn } from '../../alerts/alert.ts';
import { isSnoozed } from '../../alerts/alert-card.ts';
import { refuse, type Refusal } from '../../core/refusal.ts';
import { wallTime } from '../../message/wall-time.ts';
import { words } from '../../message/words.ts';
import { alertById, saveAlert, type StoredAlert } from '../../store/alerts.ts';
import { conversationById } from '../../store/conversations.ts';
import { isShownHere } from '../channel-places.ts';
import type { Within } from '../deps.ts';
import type { Answer, InboundEvent } from '../port.ts';
import { record } from '../record.ts';
import { renderContextIn } from '../render-context.ts';
import { refusalOf } from '../rights/gate.ts';
import type { Turn } from '../turn/turn-context.ts';
import { drawAlert, redrawAlert, sayBelow } from './show-alert.ts';

type Click = Extract<InboundEvent, { kind: 'click' }>;

const hourMs = 3_600_000;
const morning = '08:00';

/** Takes a press on an alert, where it is shown, from whoever may back up somewhere: it concerns all who read it. */
export async function clickOnAlert(turn: Turn, click: Click, id: string): Promise<Answer | Refusal> {
  const { deps, unit, inbound, rights } = turn;
  const stored = await alertById(unit.q, id);
  const { id: conversation, channel } = inbound.conversation;
  const here = { conversation, channel, messageId: click.messageId };
  if (!stored || !(await isShownHere({ unit }, here, stored.copies))) return refuse('unknown-dialog');
  if (!rights) return refuse('not-trusted-now', { what: 'identity' });
  const barred = refusalOf(rights.maySomewhere('back-up-now'));
  if (barred) return barred;
  const alert = movedBy(turn, click.verb, stored.alert);
  if (!alert) return refuse('unreadable-click');
  const next = { ...stored, alert };
  await saveAlert(unit.q, next);
  const operation = { id: null, digest: '', requester: inbound.person };
  const detail = { alert: id, move: click.verb, cause: alert.cause.key, snoozedUntil: alert.snoozedUntil };
  await record(unit.q, { now: deps.clock.now(), what: 'alert', operation, detail });
  await redrawAlert({ deps, unit }, next);
  return shownTo(turn, next);
}

/** The card again, as it is shown where it was pressed. */
async function shownTo({ deps, unit, inbound }: Turn, { alert, copies }: StoredAlert): Promise<Answer> {
  const { channel } = inbound.conversation;
  for (const { conversation, scope } of copies) {
    const at = await conversationById(unit.q, conversation);
    if (at && (at.id === inbound.conversation.id || at.channel === channel))
      return { show: 'card', drawn: drawAlert(deps, alert, { at, scope }) };
  }
  return { show: 'nothing' };
}

function movedBy({ deps, inbound, context }: Turn, verb: string, alert: Alert): Alert | null {
  const now = deps.clock.now();
  const { id, name } = inbound.person;
  const until = (at: Date): Alert => ({ ...alert, snoozedUntil: at.toISOString() });
  switch (verb) {
    case 'take-on':
      return { ...alert, takenOn: { id, name, at: now.toISOString() } };
    case 'snooze-hour':
      return until(new Date(now.getTime() + hourMs));
    case 'snooze-day': {
      const at = (days: number) => wallTime({ time: morning, timeZone: context.timeZone, now, days });
      return until(at(0) > now ? at(0) : at(1));
    }
    case 'wake-up':
      return { ...alert, snoozedUntil: null };
    default:
      return null;
  }
}

/** Ends a snooze whose time is over: whoever follows the thread is told what still fails. */
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
    const count = vmsIn(next.alert, scope).filter(isStopped).length;
    if (!at || count === 0) continue;
    await sayBelow(within, { message, at }, (place) =>
      words(renderContextIn(deps, place.id, place)).say('alert.note-awake', { count }),
    );
  }
}
