/**
 * The deliver worker: sends what a conversation's messages want, in order, one process at a time. An edit comes at most
 * every two seconds per card, with the newest state. A fault of the platform that passes is waited out; a message that
 * is gone and a conversation that is blocked end by themselves, and what they show goes on.
 */
import { loggable } from '../core/log.ts';
import type { Worker } from '../jobs/wake.ts';
import { blockConversation, claimDelivery, holdDelivery } from '../store/conversations.ts';
import {
  endMessage,
  nextUnsent,
  noteFailedSend,
  notePosting,
  noteSent,
  type StoredMessage,
} from '../store/messages.ts';
import { inTransaction, type Deps } from './deps.ts';
import { beginBelow, openingOf } from './open-thread.ts';
import { plannedVisits, type PlannedVisits } from './planned-visits.ts';
import { ChatFault, type ChatSender, type Destination, type Drawn, type PlatformName } from './port.ts';
import { receiver } from './turn.ts';
import { tellElsewhere } from './tell-elsewhere.ts';

/** Teams takes 1,800 sends in an hour and thread: one card that is edited as often as this keeps within it. */
export const usualEditGapMs = 2_000;
const longestPauseMs = 60_000;
/** After about five minutes of trying, a command is not begun any more. */
const mostOpeningTries = 9;

/** Makes the worker of the `deliver` queue. */
export function deliverWorker(deps: Deps): Worker {
  const planned = plannedVisits();
  return async (id, signal) => {
    const q = deps.database.db;
    const claimedAt = performance.now();
    const claim = await claimDelivery(q, id, deps.leases.delivery);
    if (!claim) return; // whoever has it looks again before letting go
    const to = { id, platform: claim.platform as PlatformName, address: claim.address };
    const sender = deps.senders[to.platform];
    let waitMs: number | null = null;
    try {
      if (sender) waitMs = await sendAll(deps, { to, sender, claim, heldAt: claimedAt, signal });
    } finally {
      await release(deps, { id, fence: claim.fence }, { waitMs, planned });
    }
  };
}

type Delivery = {
  readonly to: Destination;
  readonly sender: ChatSender;
  readonly claim: { readonly fence: number };
  /** When the claim was made or prolonged last. */
  readonly heldAt: number;
  readonly signal: AbortSignal;
};

/** Sends until nothing is due; resolves with the time until the next is, null where nothing is left. */
async function sendAll(deps: Deps, delivery: Delivery): Promise<number | null> {
  let { heldAt } = delivery;
  for (;;) {
    const message = await nextUnsent(deps.database.db, delivery.to.id, deps.editGapMs);
    if (!message) return null;
    if (message.waitMs > 0) return message.waitMs;
    if (delivery.signal.aborted) return 0;
    // Other conversations may share what the platform limits; the card that waits collapses to its newest state.
    const restMs = message.platformId === null ? 0 : (delivery.sender.holdsBack?.(delivery.to) ?? 0);
    if (restMs > 0) return restMs;
    // One send takes a fraction of the lease, so the claim is prolonged only now and then.
    if (performance.now() - heldAt > deps.leases.delivery / 4) {
      heldAt = performance.now();
      if (!(await prolonged(deps, delivery))) return null;
    }
    // Whoever lets go looks once more anyway.
    if (!(await sendOne(deps, delivery, message)) || message.isLast) return null;
  }
}

function prolonged(deps: Deps, { to, claim }: Delivery): Promise<boolean> {
  return holdDelivery(deps.database.db, { id: to.id, fence: claim.fence }, deps.leases.delivery);
}

type Release = { readonly waitMs: number | null; readonly planned: PlannedVisits };

/** Lets go, and looks once more: a message that was wanted while this worker held the conversation found it taken. */
async function release(deps: Deps, claim: { id: string; fence: number }, { waitMs, planned }: Release): Promise<void> {
  if (waitMs !== null && planned.plan(claim.id, waitMs)) {
    return inTransaction(deps, async (unit) => {
      if (await holdDelivery(unit.q, claim, 0)) unit.wake({ to: 'deliver', id: claim.id, inMs: waitMs });
    });
  }
  await holdDelivery(deps.database.db, claim, 0);
  if (waitMs !== null) return;
  const late = await nextUnsent(deps.database.db, claim.id, deps.editGapMs);
  if (late && planned.plan(claim.id, late.waitMs))
    await inTransaction(deps, async (unit) => unit.wake({ to: 'deliver', id: claim.id, inMs: late.waitMs }));
}

/** Sends one message; false where the conversation is closed, so that nothing else may be sent there. */
async function sendOne(deps: Deps, { to, sender }: Delivery, message: StoredMessage): Promise<boolean> {
  const q = deps.database.db;
  const drawn = message.wanted as Drawn;
  try {
    const platformId = await sendTo(deps, { to, sender, message, drawn });
    markEnd({ to, sender, message, drawn });
    await deps.gap('deliver:after-post');
    const opening = message.platformId === null ? openingOf(message) : null;
    if (opening) await beginBelow(receiver(deps), opening, { to, sender, key: message.id, messageId: platformId });
    await noteSent(q, message.id, { rev: message.wantedRev, platformId });
    await deps.gap('deliver:after-note');
    return true;
  } catch (error) {
    if (error instanceof ChatFault) {
      await afterFault(deps, { to, sender, message, drawn }, error);
      return error.kind !== 'blocked';
    }
    // Not foreseen, so perhaps for ever: without a pause it would be tried again at once, and again.
    await noteFailedSend(q, message.id, pauseAfter(message.tries));
    throw error;
  }
}

type Sending = {
  readonly to: Destination;
  readonly sender: ChatSender;
  readonly message: StoredMessage;
  readonly drawn: Drawn;
};

async function sendTo(deps: Deps, { to, sender, message, drawn }: Sending): Promise<string> {
  if (message.platformId !== null) {
    await sender.edit(to, message.platformId, drawn);
    return message.platformId;
  }
  const before = message.posting ? await sender.find?.(to, message.id) : null;
  if (before) {
    // It shows what was wanted when it was posted, which may have been something older.
    if (message.wantedRev > 1) await sender.edit(to, before.id, drawn);
    return before.id;
  }
  await notePosting(deps.database.db, message.id);
  await deps.gap('deliver:before-post');
  const person = message.privateTo;
  const posted =
    person === null ? await sender.post(to, drawn, message.id) : await whisper(person, { to, sender, message, drawn });
  return posted.id;
}

/** What was asked is marked with its end as soon as that is told, also where the message that tells it was adopted. */
function markEnd({ to, sender, message, drawn }: Sending, end = drawn.ends): void {
  if (end) for (const asked of message.asked) void sender.mark?.(to, asked, end);
}

/** Says it to one person in the conversation; where the platform does not do that there, in their personal chat. */
async function whisper(person: string, { to, sender, message, drawn }: Sending): Promise<{ id: string }> {
  try {
    return await sender.postPrivately(to, drawn, person);
  } catch (fault) {
    const elsewhere = fault instanceof ChatFault && (fault.kind === 'refused' || fault.kind === 'gone');
    if (!elsewhere || !sender.openPersonal) throw fault;
    return sender.post(await sender.openPersonal(to, person), drawn, message.id);
  }
}

async function afterFault(deps: Deps, sending: Sending, fault: ChatFault): Promise<void> {
  const { to, sender, message, drawn } = sending;
  const q = deps.database.db;
  deps.log.warn(
    { ...loggable(fault), message: message.id, conversation: message.conversationId },
    'a message was not sent',
  );
  switch (fault.kind) {
    case 'throttled':
    case 'unavailable':
      // Whoever asked has gone on by now; what they wanted then is not begun behind their back.
      if (message.tries >= mostOpeningTries && openingOf(message)) return endMessage(q, message.id, fault.kind);
      return noteFailedSend(q, message.id, fault.retryAfterMs ?? pauseAfter(message.tries));
    case 'gone':
    case 'refused':
      // Nothing more comes of this message; what is told by another one marks the end of that.
      markEnd(sending, drawn.ends ?? 'failed');
      await tellElsewhere(deps, { to, sender, message });
      return endMessage(q, message.id, fault.kind);
    case 'blocked':
      await tellElsewhere(deps, { to, sender, message });
      // What was asked here is not begun when somebody lets the bot in again, perhaps days later.
      if (openingOf(message)) await endMessage(q, message.id, 'blocked');
      return blockConversation(q, message.conversationId);
  }
}

/** 1 s, 2 s, 4 s … up to a minute, with up to a quarter more, so that replicas do not come back together. */
function pauseAfter(tries: number): number {
  const pause = Math.min(longestPauseMs, 1000 * 2 ** Math.min(tries, 10));
  return Math.round(pause * (1 + Math.random() / 4));
}
