/** An alert wherever it is shown: its cards, all redrawn at each change, and the messages below them. */
import { affectedIn, isOpen, isSnoozed, type Affected, type Alert, type Assignee } from '../../alerts/alert.ts';
import { alertCard, alertNote, type AlertDrawing } from '../../alerts/alert-card.ts';
import { words } from '../../message/words.ts';
import {
  endUnseen,
  isShownAtFewer,
  openAlerts,
  saveAlert,
  type AlertCopy,
  type StoredAlert,
} from '../../store/alerts.ts';
import { conversationById, type Conversation } from '../../store/conversations.ts';
import { enqueueMessage, setDesiredState } from '../../store/messages.ts';
import { threadBelow } from '../channel-places.ts';
import { inTransaction, type Deps, type Within } from '../deps.ts';
import type { OutgoingMessage } from '../port.ts';
import { renderContextIn } from '../render-context.ts';
import { mentionOf, messageAbout, renderMessage } from '../render-message.ts';
import { forOwner } from '../rights/may-open.ts';
import { alertPlaces, type AlertPlace } from './places.ts';

/** What joined an alert, and what is in order again. */
type Moved = { readonly came: readonly Affected[]; readonly went: readonly Affected[] };

/** `choosing`: as a form for one person there, with the people to whom they can assign it. */
type Drawn = AlertPlace & { readonly choosing?: readonly Assignee[] };

/** Renders an alert for one channel or chat. */
export function drawAlert(deps: Deps, alert: Alert, { choosing, ...place }: Drawn): OutgoingMessage {
  const context = renderContextIn(deps, place.at.id, place.at);
  const card = alertCard({ ...drawingOf(deps, alert, place), choosing });
  return renderMessage(forOwner(deps, card, place.at), context);
}

/** What happened to what, in one line for one channel or chat: the title of the card there. */
export function alertTitle(deps: Deps, alert: Alert, place: AlertPlace): string {
  return alertCard(drawingOf(deps, alert, place)).data.title;
}

function drawingOf(deps: Deps, alert: Alert, { at, scope }: AlertPlace): AlertDrawing {
  const said = words(renderContextIn(deps, at.id, at));
  return { words: said, alert, affected: affectedIn(alert, scope), now: deps.clock.now() };
}

/**
 * Posts an alert in the channels and chats that subscribe to it and don't show it yet; resolves with where it is then
 * shown.
 */
export async function postAlert(
  { deps, unit }: Within,
  { alert, copies }: StoredAlert,
  places: readonly AlertPlace[],
): Promise<StoredAlert> {
  const shown = new Set(copies.map(({ conversation }) => conversation));
  const added: AlertCopy[] = [];
  for (const place of places) {
    if (shown.has(place.at.id) || !affectedIn(alert, place.scope).some(isOpen)) continue;
    shown.add(place.at.id);
    const message = deps.newId();
    const desired = drawAlert(deps, alert, place);
    await enqueueMessage(unit.q, { id: message, conversationId: place.at.id, desired });
    unit.wake({ to: 'deliver', id: place.at.id });
    added.push({ message, conversation: place.at.id, scope: place.scope });
  }
  return { alert, copies: [...copies, ...added] };
}

/**
 * Posts every open alert that a channel or chat subscribes to and doesn't show yet; resolves with how many are shown
 * there.
 */
export async function postOpen(within: Within, places: readonly AlertPlace[]): Promise<number> {
  const here = new Set(places.map(({ at }) => at.id));
  let count = 0;
  for (const stored of await openAlerts(within.unit.q, 'toMove')) {
    const posted = await postAlert(within, stored, places);
    if (posted.copies.some(({ conversation }) => here.has(conversation))) count += 1;
    if (posted.copies.length > stored.copies.length) await saveAlert(within.unit.q, posted);
  }
  return count;
}

/**
 * A channel gets an open alert late if `kluis.yaml` named it, or the bot was first addressed there, after the alert
 * opened.
 */
export async function postToNewRoutes(deps: Deps): Promise<void> {
  const channels = new Set(deps.alertRoutes.map(({ channel }) => channel));
  if (channels.size === 0 || !(await isShownAtFewer(deps.database.db, channels.size))) return;
  await inTransaction(deps, async (unit) => postOpen({ deps, unit }, await alertPlaces({ deps, unit })));
}

/**
 * Renders every copy again, and says below each what was added and resolved, since an edit notifies nobody. While it is
 * snoozed nothing is said.
 */
export async function redrawAlert(within: Within, { alert, copies }: StoredAlert, moved?: Moved): Promise<void> {
  const { deps, unit } = within;
  for (const { message, conversation, scope } of copies) {
    const at = await conversationById(unit.q, conversation);
    if (!at) continue;
    await setDesiredState(unit.q, message, drawAlert(deps, alert, { at, scope }));
    unit.wake({ to: 'deliver', id: conversation });
    const here = moved && movedIn(alert, moved, scope);
    if (!here || here.came.length + here.went.length === 0 || isSnoozed(alert, deps.clock.now())) continue;
    const note = alertNote(drawingOf(deps, alert, { at, scope }), here);
    if (note !== null) await sayBelow(within, { message, at }, () => note);
  }
  // What was over before anyone could see it isn't told once its conversation is open again.
  if (alert.closedAt !== null) await endUnseen(unit.q, copies);
}

function movedIn({ cause }: Alert, { came, went }: Moved, scope: AlertPlace['scope']): Moved {
  const here = (affected: readonly Affected[]) => affectedIn({ cause, affected }, scope);
  return { came: here(came), went: here(went) };
}

/** `to`: the people it is for, who are mentioned. */
type Below = { readonly message: string; readonly at: Conversation; readonly to?: Assignee };

/** Posts a message below a card, in its thread if the place has threads. */
export async function sayBelow(
  within: Within,
  { message, at, to }: Below,
  text: (at: Conversation) => string,
): Promise<void> {
  const { deps, unit } = within;
  const place = at.kind === 'personal' ? at : await threadBelow(within, at, message);
  if (!place) return; // the card isn't posted yet: it will show all of it
  const about = { messageId: message, words: words(renderContextIn(deps, place.id, place)) };
  const desired = messageAbout(about, text(place), to ? mentionOf(to) : []);
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: place.id, desired });
  unit.wake({ to: 'deliver', id: place.id });
}
