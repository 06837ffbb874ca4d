/**
 * Reminders of a request that waits: at half of its time and shortly before its end, below each of its copies, to
 * whoever can decide. What was told is noted in the transaction that tells it, so each is told once, whatever restarts
 * and however many replicas sweep.
 */
import { endsAt, missingApprovals, nextReminder, waitsFor } from '../../approval/request.ts';
import { words } from '../../message/words.ts';
import { subjectOf } from '../../operations/cards/approval-card.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { addCopy, noteReminded, requestById, type StoredRequest } from '../../store/approvals.ts';
import { addConversation, conversationById, type Conversation } from '../../store/conversations.ts';
import { enqueueMessage, messageById } from '../../store/messages.ts';
import { inTransaction, type Deciders, type Deps, type Within } from '../deps.ts';
import type { OutgoingMessage, PlatformName } from '../port.ts';
import { renderContextIn } from '../render-context.ts';
import { loadDialog } from '../stored-dialog.ts';
import { personalCopies, postCopy } from './ask-for-approval.ts';
import { decidersOf, showRequest } from './show-request.ts';

/** Reminds once, if it is still time. */
export async function remind(deps: Deps, id: string): Promise<void> {
  await inTransaction(deps, async (unit) => {
    const found = await requestById(unit.q, id, 'toMove');
    if (!found || found.request.state !== 'pending' || !found.remindAt || found.remindAt > found.now) return;
    const within = { deps, unit };
    await noteReminded(unit.q, id, nextReminder(found.request, found.now));
    const deciders = decidersNow(deps, found);
    const places = await placesOf(within, found);
    const stored = await askThoseWhoStandIn(within, found, deciders);
    for (const place of places) {
      const desired = reminder(deps, { stored, place, deciders });
      await enqueueMessage(unit.q, { id: deps.newId(), conversationId: place.id, desired });
      unit.wake({ to: 'deliver', id: place.id });
    }
    await showRequest(deps, unit, stored);
  });
}

/** Those who can decide, and have not. */
function decidersNow(deps: Deps, stored: StoredRequest): Deciders {
  const { people, groups } = decidersOf(deps, stored);
  return { people: people.filter(({ id }) => waitsFor(stored.request, id)), groups };
}

/** Whoever is asked in person only from half of the time on gets the request now. */
async function askThoseWhoStandIn(within: Within, stored: StoredRequest, deciders: Deciders): Promise<StoredRequest> {
  if (!stored.request.terms.named?.some(({ fallback }) => fallback.length > 0)) return stored;
  const known = new Set(stored.copies.map(({ conversation }) => conversation));
  const copies = (await personalCopies(within, deciders, [])).filter(({ conversation }) => !known.has(conversation));
  for (const copy of copies) {
    await addCopy(within.unit.q, stored.request.id, { message: copy.message, conversation: copy.conversation });
    await postCopy(within, stored, copy);
  }
  const added = copies.map(({ message, conversation }) => ({ message, conversation }));
  return { ...stored, copies: [...stored.copies, ...added] };
}

/** Below each copy; and where it was asked for, where approvers read that, or there is no copy. */
async function placesOf(within: Within, { copies, dialogId }: StoredRequest): Promise<readonly Conversation[]> {
  const { q } = within.unit;
  const places: Conversation[] = [];
  for (const { message, conversation, quiet } of copies) {
    const at = quiet ? null : await conversationById(q, conversation);
    const below = at && (at.kind === 'personal' ? at : await threadBelow(within, at, message));
    if (below) places.push(below);
  }
  const dialog = await loadDialog(q, dialogId);
  const isForApprovers = dialog?.channel != null && within.deps.approverChannels.includes(dialog.channel);
  if (!dialog || (places.length > 0 && !isForApprovers)) return places;
  const own = await conversationById(q, dialog.conversationId);
  return own ? [...places, own] : places;
}

/** The thread below a copy in a channel; null: the copy is not out. */
async function threadBelow({ deps, unit }: Within, at: Conversation, message: string): Promise<Conversation | null> {
  const platform = at.platform as PlatformName;
  const posted = (await messageById(unit.q, message))?.platformId ?? null;
  const seen = posted && deps.senders[platform]?.threadBelow?.({ ...at, platform }, posted);
  if (!seen) return null;
  const { id, kind, channel, address } = seen;
  const thread = { ...at, id, kind, channel, address };
  await addConversation(unit.q, thread);
  return thread;
}

type Reminder = { readonly stored: StoredRequest; readonly place: Conversation; readonly deciders: Deciders };

function reminder(deps: Deps, { stored, place, deciders }: Reminder): OutgoingMessage {
  const { request, now } = stored;
  const said = words(renderContextIn(deps, place.id, place));
  const ends = endsAt(request);
  const text = said.say('request.remind', {
    vm: subjectOf(said, readPlan(stored.plan)),
    approved: request.terms.approvals - missingApprovals(request),
    needed: request.terms.approvals,
    left: said.duration(ends.getTime() - now.getTime()),
    until: said.time(ends),
  });
  const mentions = deciders.people.flatMap(({ id, name, slack }) => {
    const there = place.platform === 'slack' ? slack : id;
    return there === null ? [] : [{ id: there, name }];
  });
  const named = [...mentions.map(({ name }) => name), ...deciders.groups].join(', ');
  const marked = [...mentions.map(({ name }) => `<at>${name}</at>`), ...deciders.groups].join(', ');
  const before = (who: string) => (who === '' ? '' : `${who}: `);
  return { card: null, text: `${before(marked)}${text}`, summary: `${before(named)}${text}`, mentions };
}
