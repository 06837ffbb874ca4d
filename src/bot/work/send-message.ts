/** Sends one message in its desired state, and records the outcome. The platform's faults are handled here. */
import { loggable } from '../../core/log.ts';
import { mentionTag } from '../../core/mentions.ts';
import {
  endMessage,
  isToBeRemoved,
  noteFailedSend,
  notePosting,
  noteSent,
  noteSentLate,
  wantRemoval,
  type StoredMessage,
} from '../../store/messages.ts';
import { unsentWithAside } from '../../store/unsent-messages.ts';
import { blockConversation } from '../../store/conversations.ts';
import { pauseAfter } from '../../core/backoff.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { asideIn, beginBelow, openingOf, pressedIn } from '../turn/open-thread.ts';
import { ChatFault, type OutgoingMessage } from '../port.ts';
import { receiver } from '../turn/turn.ts';
import { withTicket } from '../rights/sign-in-offer.ts';
import { notifyByDirectMessage } from './notify-by-direct-message.ts';
import type { Sending } from './sending.ts';
import { withLink } from './with-link.ts';
import { headRoot } from './thread-root.ts';

/** After about five minutes of trying, a command is no longer started. */
const maxOpeningTries = 9;

/** Sends it; false if this worker can send nothing else there: the conversation is closed, or another worker has it. */
export async function sendMessage(deps: Deps, sending: Sending): Promise<boolean> {
  const { to, sender, message } = sending;
  try {
    const platformId = await sendTo(deps, sending);
    if (platformId === null) return false;
    reactToEnd(sending);
    await deps.failpoint('deliver:after-post');
    const opening = beginning(message);
    if (opening) {
      // Which of two posts stays is decided first: what starts below a removed one would be removed with it.
      if (!(await noteOr(deps, sending, { rev: 0, platformId }))) return false;
      await beginBelow(receiver(deps), opening, { to, sender, key: message.id, messageId: platformId });
    }
    await headRoot(deps, sending);
    if (!(await noteOr(deps, sending, { rev: message.desiredRev, platformId }))) return false;
    await deps.failpoint('deliver:after-note');
    return true;
  } catch (error) {
    if (error instanceof ChatFault) {
      await afterFault(deps, sending, error);
      return error.kind !== 'blocked' || beginning(message) !== null;
    }
    // Unexpected, so perhaps permanent. If it can be recorded the message waits, and others continue.
    const failed = nextTry(message);
    await noteFailedSend(deps.database.db, message.id, failed).catch(() => Promise.reject(error));
    deps.log.error({ ...loggable(error), ...named(message) }, 'a message was not sent');
    return true;
  }
}

/** What will start below a message that hasn't been posted yet. */
function beginning(message: StoredMessage) {
  return message.sentRev === 0 ? openingOf(message) : null;
}

function nextTry({ tries }: StoredMessage) {
  return { tries: tries + 1, againInMs: pauseAfter(tries) };
}

function named({ id, conversationId }: StoredMessage) {
  return { message: id, conversation: conversationId };
}

/**
 * Records what was sent. If another worker has the conversation by now, the message may have been posted twice: the
 * post that is recorded first stays, and the other one is removed. False: it was another worker's.
 */
async function noteOr(deps: Deps, { fence, message }: Sending, sent: { rev: number; platformId: string }) {
  const { id, conversationId } = message;
  if (await noteSent(deps.database.db, id, { ...sent, fence, editGapMs: deps.editGapMs })) return true;
  await inTransaction(deps, async (unit) => {
    const { platformId } = sent;
    const stays = await noteSentLate(unit.q, id, sent);
    if (!stays) await wantRemoval(unit.q, { id: deps.newId(), conversationId, platformId });
    deps.log.warn({ ...named(message), stays }, 'a message was sent after another worker had taken over');
    unit.wake({ to: 'deliver', id: conversationId });
  });
  return false;
}

/** Resolves with the message's ID; null if the claim is gone and nothing was sent. */
async function sendTo(deps: Deps, sending: Sending): Promise<string | null> {
  const { to, sender, fence, message, drawn } = sending;
  if (message.platformId !== null) {
    if (isToBeRemoved(message)) await sender.remove(to, message.platformId);
    else await sender.edit(to, message.platformId, drawn);
    return message.platformId;
  }
  if (!(await notePosting(deps.database.db, message.id, { ...nextTry(message), fence }))) return null;
  const before = message.posting ? await sender.find?.(to, message.id) : null;
  if (before) {
    // It shows the state that was desired when it was posted, which may be an older one.
    if (message.desiredRev > 1) await sender.edit(to, before.id, drawn);
    return before.id;
  }
  await deps.failpoint('deliver:before-post');
  const person = message.privateTo;
  const shown = ringing(await withTicket(deps, await withLink(deps, sending)));
  const posted =
    person === null ? await sender.post(to, shown, message.id) : await whisper(person, { ...sending, drawn: shown });
  return posted.id;
}

/** A card with the mentions that it is posted with. */
function ringing(drawn: OutgoingMessage): OutgoingMessage {
  const { rings = [], summary } = drawn;
  if (rings.length === 0) return drawn;
  return { ...drawn, text: `${rings.map(({ name }) => mentionTag(name)).join(', ')}: ${summary}`, mentions: rings };
}

/** A reaction shows the state of the request as soon as a message says it, even if that message was adopted. */
function reactToEnd({ to, sender, message, drawn }: Sending, end = drawn.ends): void {
  const is = end ?? (drawn.mark === 'busy' ? 'working' : null);
  if (is) for (const asked of message.asked) void sender.react?.(to, asked, is);
}

/** Says it to one person in the conversation; if the platform can't do that there, aside or in their personal chat. */
async function whisper(person: string, { to, sender, message, drawn }: Sending): Promise<{ id: string }> {
  try {
    return await sender.postPrivately(to, drawn, person, [...message.asked, ...pressedIn(message.desired)]);
  } catch (fault) {
    const elsewhere = fault instanceof ChatFault && (fault.kind === 'refused' || fault.kind === 'gone');
    const aside = asideIn(message.desired);
    if (elsewhere && aside) return sender.post(aside, drawn, message.id);
    if (!elsewhere || !sender.openPersonal) throw fault;
    return sender.post(await sender.openPersonal(to, person), drawn, message.id);
  }
}

async function afterFault(deps: Deps, sending: Sending, fault: ChatFault): Promise<void> {
  const { to, sender, message, drawn } = sending;
  const q = deps.database.db;
  deps.log.warn({ ...loggable(fault), ...named(message) }, 'a message was not sent');
  switch (fault.kind) {
    case 'throttled':
    case 'unavailable': {
      // The person who asked has moved on by now; what they wanted then isn't started behind their back.
      if (message.tries >= maxOpeningTries && beginning(message)) return endMessage(q, message.id, fault.kind);
      const { tries, againInMs } = nextTry(message);
      return noteFailedSend(q, message.id, { tries, againInMs: fault.retryAfterMs ?? againInMs });
    }
    case 'gone':
    case 'refused':
      // This message won't get any further; an answer in another one takes its place.
      reactToEnd(sending, drawn.ends ?? 'failed');
      await notifyByDirectMessage(deps, { to, sender, message, receive: receiver(deps) });
      return endMessage(q, message.id, fault.kind);
    case 'blocked':
      await notifyByDirectMessage(deps, { to, sender, message, receive: receiver(deps) });
      // What was asked here isn't started when somebody lets the bot in again, perhaps days later. Only this message
      // ends: another command may have come in the meantime, and the person who gave that has to be answered, too.
      if (beginning(message) || sending.lastTry) return endMessage(q, message.id, 'blocked');
      return answerAside(deps, sending);
  }
}

/**
 * Nothing can be posted there any more. What waits behind this message and has another way is answered before the
 * conversation is closed: a command can be given where the bot isn't.
 */
async function answerAside(deps: Deps, sending: Sending): Promise<void> {
  const { message } = sending;
  const q = deps.database.db;
  const waiting = () => unsentWithAside(q, message.conversationId);
  for (const one of await waiting())
    await sendMessage(deps, { ...sending, message: one, drawn: one.desired as OutgoingMessage, lastTry: true });
  if ((await waiting()).length > 0) return noteFailedSend(q, message.id, nextTry(message));
  return blockConversation(q, message.conversationId);
}
