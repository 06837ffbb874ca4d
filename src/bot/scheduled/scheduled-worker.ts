/**
 * The worker for scheduled posts. It checks every half minute whether any channel is due a post, reads Azure once for
 * all that are, and posts. The transaction that posts it records the day, so each channel gets one a day, despite
 * crashes and however many replicas check. While Azure is unreachable it is tried again, until the day is over. Drills
 * that are due by a schedule are started here too, and leftovers of drills are looked for.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AzureFault } from '../../azure/faults.ts';
import { loggable } from '../../core/log.ts';
import type { Worker } from '../../jobs/wake.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { words, type Words } from '../../message/words.ts';
import { isBlocked } from '../../store/conversations.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { renewLease } from '../../store/lease.ts';
import { claimLook, claimsOn, endLook, noteMade, outliveLook, scheduledPost } from '../../store/scheduled-posts.ts';
import { inTransaction, type Deps, type Within } from '../deps.ts';
import { renderContextIn } from '../render-context.ts';
import { renderMessage } from '../render-message.ts';
import { keepRenewing, type Renewal } from '../work/keep-renewing.ts';
import { startDueDrills } from '../drills/start-due.ts';
import { leftKind, sweepLeftovers } from '../drills/sweep-leftovers.ts';
import { dailyForecast } from './daily-forecast.ts';
import { digestPost } from './digest-post.ts';
import type { PostDrawing, ScheduledPlace, ScheduledPost } from './scheduled-post.ts';
import { secretsPost } from './secrets-post.ts';
import { dueSlot, isLate } from './slot.ts';

const posts: readonly ScheduledPost[] = [dailyForecast, digestPost, secretsPost];

const [lookMs, retryMs] = [30_000, 300_000];

/**
 * A check that so many workers began and none ended would end the next one's process, too. One that takes long is
 * renewed meanwhile, and one whose process lives isn't counted.
 */
const maxClaims = 3;

/** How long work that nobody waits for rests after it was given up. */
const givenUpMs = 6 * 3_600_000;

/** Due drills are started here too. A VM is due for a day, and finding that out takes list calls to Azure. */
const [drillsKind, drillsMs] = ['drills', 300_000] as const;

/** Makes the worker of the `scheduled` queue. Its IDs are kinds of posts. */
export function scheduledWorker(deps: Deps): Worker {
  return async (kind) => {
    const work = workOf(deps, kind);
    const claim = work && (await claimLook(deps.database.db, kind, deps.leases.scheduled));
    if (!claim) return;
    const held = renewalOf(deps, { kind, fence: claim.fence });
    const doIt = async () => ((await isBegunTooOften(deps, kind, claim)) ? giveUp(deps, kind) : work());
    const inMs = await doIt().finally(held.end);
    await inTransaction(deps, async (unit) => {
      await endLook(unit.q, { kind, fence: claim.fence }, inMs);
      unit.wake({ to: 'scheduled', id: kind, inMs });
    });
  };
}

async function isBegunTooOften({ database, leases }: Deps, kind: string, { claims }: { claims: number }) {
  if (claims <= maxClaims) return false;
  // Long enough for every process that lives to say so: after a standstill this one may be the first to go on.
  await sleep(leases.scheduled / 2, null, { ref: false });
  return (await claimsOn(database.db, kind)) > maxClaims;
}

function renewalOf(deps: Deps, claim: { readonly kind: string; readonly fence: number }): Renewal {
  const [{ db }, leaseMs] = [deps.database, deps.leases.scheduled];
  const prolong = async () => {
    const isMine = await renewLease(db, 'scheduled_look', { key: claim.kind, fence: claim.fence, forMs: leaseMs });
    if (!isMine) await outliveLook(db, claim.kind);
    return isMine;
  };
  return keepRenewing(deps, { leaseMs, prolong, of: { kind: claim.kind } });
}

/** The work of a kind; it resolves with when to check again. Null: this release has no such kind. */
function workOf(deps: Deps, kind: string): (() => Promise<number>) | null {
  if (kind === drillsKind)
    return async () => {
      await startDueDrills(deps);
      return drillsMs;
    };
  if (kind === leftKind) return () => sweepLeftovers(deps);
  const post = posts.find((one) => one.kind === kind);
  return post ? () => postDue(deps, post) : null;
}

/**
 * No worker came to an end with it: each place that is due is told, once for the day, and the operator by the log.
 * Resolves with when to check again.
 */
async function giveUp(deps: Deps, kind: string): Promise<number> {
  deps.log.error({ kind }, 'scheduled work was begun three times and never ended: it is put off');
  const post = posts.find((one) => one.kind === kind);
  if (!post) return givenUpMs;
  const due = await placesDue(deps, post);
  const draw: Drawer = ({ words: said, told }) => ({ told, card: givenUpCard(said, post) });
  await inTransaction(deps, async (unit) => {
    for (const place of due) await postAt({ deps, unit }, { post, place, draw });
  });
  return lookMs;
}

function givenUpCard({ say }: Words, { kind }: ScheduledPost): CardMessage {
  const [title, text] = [say(`scheduled.given-up.${kind}`), say('scheduled.given-up-text', { tries: maxClaims })];
  return { template: 'notice', data: { mark: 'warn', title, text: [text] } };
}

async function placesDue(deps: Deps, post: ScheduledPost): Promise<readonly ScheduledPlace[]> {
  return inTransaction(deps, async (unit) => {
    const places: ScheduledPlace[] = [];
    for (const place of await post.places({ deps, unit }))
      // If nothing can be sent there, a month of posts would pile up for the next person who speaks there.
      if (!(await isBlocked(unit.q, place.at.id)) && (await standingOf({ deps, unit }, post, place)).slot)
        places.push(place);
    return places;
  });
}

/** Posts what is due; resolves with when to check again. */
async function postDue(deps: Deps, post: ScheduledPost): Promise<number> {
  const due = await placesDue(deps, post);
  if (due.length === 0) return lookMs;
  try {
    const draw = await post.read(deps);
    await inTransaction(deps, async (unit) => {
      for (const place of due) await postAt({ deps, unit }, { post, place, draw });
    });
    return lookMs;
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    deps.log.warn({ ...loggable(error), kind: post.kind }, 'what is posted by the clock could not be read from Azure');
    return retryMs;
  }
}

async function standingOf({ deps, unit }: Within, { kind }: ScheduledPost, { at, schedule }: ScheduledPlace) {
  const stored = await scheduledPost(unit.q, { kind, conversation: at.id });
  return { stored, slot: dueSlot(schedule, stored, { now: deps.clock.now(), timeZone: at.timeZone }) };
}

type Drawer = Awaited<ReturnType<ScheduledPost['read']>>;

type Posting = { readonly post: ScheduledPost; readonly place: ScheduledPlace; readonly draw: Drawer };

async function postAt(within: Within, { post, place, draw }: Posting): Promise<void> {
  const { deps, unit } = within;
  const { stored, slot } = await standingOf(within, post, place);
  if (!slot) return; // another process was faster
  const context = renderContextIn(deps, place.at.id, place.at);
  const due = isLate(slot, deps.clock.now()) ? slot.at : null;
  const drawing: PostDrawing = { words: words(context), place, day: slot.day, told: stored.told, due };
  const { card, told } = draw(drawing);
  await noteMade(unit.q, { kind: post.kind, conversation: place.at.id }, { day: slot.day, told });
  if (!card) return;
  const desired = renderMessage(card, context);
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: place.at.id, desired });
  unit.wake({ to: 'deliver', id: place.at.id });
}
