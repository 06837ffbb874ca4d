/**
 * The deliver worker: brings a conversation's messages to their desired state, in order, one process at a time. A card
 * is edited every two seconds on average, with the newest state; two edits after a rest are not held back, so an answer
 * that Azure gives at once is seen at once. A transient fault of the platform is waited out; delivery
 * ends for a message that is gone and for a conversation that is blocked, while the work that they show continues.
 */
import type { Worker } from '../../jobs/wake.ts';
import { claimDelivery } from '../../store/conversations.ts';
import { releaseLease, renewLease, type Lease } from '../../store/lease.ts';
import { nextUnsent } from '../../store/unsent-messages.ts';
import { createBackoff, type Backoff } from '../../core/backoff.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { deliverySchedule, type DeliverySchedule } from './delivery-schedule.ts';
import { keepRenewing, type Renewal } from './keep-renewing.ts';
import type { ChatSender, Destination, OutgoingMessage, PlatformName } from '../port.ts';
import { sendMessage } from './send-message.ts';

/** Teams accepts 1,800 sends per hour and thread: one card that is edited this often stays within that. */
export const defaultEditGapMs = 2_000;

/** What this process remembers about the conversations it delivers to. */
type Memory = { readonly planned: DeliverySchedule; readonly backoff: Backoff };

/** Makes the worker of the `deliver` queue. */
export function deliverWorker(deps: Deps): Worker {
  const memory = { planned: deliverySchedule(), backoff: createBackoff() };
  return async (id, signal) => {
    // After an error a conversation is visited again when its pause is over, even if it is woken earlier.
    if (memory.backoff.restMs(id) > 0) return;
    const claim = await claimDelivery(deps.database.db, id, deps.leases.delivery);
    if (!claim) return; // the worker that has it checks again before releasing it
    const to = { id, platform: claim.platform as PlatformName, address: claim.address };
    const leaseMs = deps.leases.delivery;
    const lease = { key: id, fence: claim.fence };
    const prolong = () => renewLease(deps.database.db, 'conversation', { ...lease, forMs: leaseMs });
    const renewal = keepRenewing(deps, { leaseMs, prolong, of: { conversation: id } });
    let waitMs: number | null = null;
    try {
      const [sender, restMs] = [deps.senders[to.platform], memory.backoff.restMs(id)];
      // Its platform is no longer configured: what waits there is kept for when it is again.
      if (!sender) waitMs = memory.backoff.failed(id);
      // Another one failed while this one waited for the claim.
      else if (restMs > 0) waitMs = restMs;
      else {
        waitMs = await sendAll(deps, { to, sender, fence: claim.fence, renewal, signal });
        memory.backoff.worked(id);
      }
    } catch (error) {
      waitMs = memory.backoff.failed(id);
      throw error;
    } finally {
      await renewal.end();
      await release(deps, lease, { waitMs, memory });
    }
  };
}

type Delivery = {
  readonly to: Destination;
  readonly sender: ChatSender;
  readonly fence: number;
  readonly renewal: Renewal;
  readonly signal: AbortSignal;
};

/** Sends until nothing is due; resolves with the time until the next message is, null if nothing is left. */
async function sendAll(deps: Deps, { to, sender, fence, renewal, signal }: Delivery): Promise<number | null> {
  for (;;) {
    const message = await nextUnsent(deps.database.db, to.id);
    if (!message || renewal.isGone()) return null;
    if (message.waitMs > 0) return message.waitMs;
    if (signal.aborted) return 0;
    // Other conversations may share the platform's limit; the waiting card collapses to its newest state.
    const restMs = message.platformId === null ? 0 : (sender.rateLimitDelay?.(to) ?? 0);
    if (restMs > 0) return restMs;
    const goesOn = await sendMessage(deps, { to, sender, fence, message, drawn: message.desired as OutgoingMessage });
    // The worker that releases it checks once more anyway.
    if (!goesOn || message.isLast) return null;
  }
}

type Release = { readonly waitMs: number | null; readonly memory: Memory };

/** Releases it, and checks once more: whoever enqueued a message meanwhile found the conversation taken. */
async function release(deps: Deps, lease: Lease, { waitMs, memory }: Release): Promise<void> {
  if (!(await releaseLease(deps.database.db, 'conversation', lease))) return;
  const inMs = waitMs ?? (await nextUnsent(deps.database.db, lease.key))?.waitMs ?? null;
  if (inMs !== null && memory.planned.plan(lease.key, inMs))
    await inTransaction(deps, async (unit) => unit.wake({ to: 'deliver', id: lease.key, inMs }));
}
