import type { StalledBy } from '../../operations/ground/part.ts';
import type { Part } from '../../operations/parts/parts.ts';
import { asksOf, asksToCancel } from '../../operations/plan-rights.ts';
import { WriteRefused } from '../../operations/ground/idempotent-write.ts';
import { isTakingAway } from '../../operations/parts/taking-away.ts';
import { type RefusalCode, refuse } from '../../core/refusal.ts';
import type { Deps } from '../deps.ts';
import { conversationById } from '../../store/conversations.ts';
import { mayRunOn } from '../../approval/decide.ts';
import { coversRun } from '../../approval/request.ts';
import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { isPerson } from '../../core/person.ts';
import { isStillAllowed } from '../drills/standing-now.ts';
import { requestOfOperation, wasStarted } from '../../store/approvals.ts';
import { votersOfOperation } from '../approval/voters.ts';
import { gateNow, mayPass } from '../rights/gate.ts';
import { readingRights } from '../reading-rights.ts';
import { startersOf } from '../rights/job-starter.ts';
import type { LiveOperation } from '../live-operation.ts';
import { rightsOf } from '../rights/turn-rights.ts';

type Beginning = {
  readonly call: string;
  readonly part: Part;
  readonly operation: LiveOperation;
};

/**
 * The gate again, before each attempt of a write: the requester must still have the permission. A plan may have waited
 * for a grant, for Azure (which may say to come back in an hour) or for another process, since the time when they had
 * it. If that is unknown now, the write waits, and what holds it back is returned; null: it can be sent. A cancel is
 * checked for the person who requested it: the job may be another person's.
 */
export async function stalledBy(deps: Deps, { call, part, operation }: Beginning): Promise<StalledBy | null> {
  if (deps.unsafeBecause() !== null) return 'kluis';
  if (isTakingAway(operation.plan, part)) return takingAway(deps, { part, operation });
  const cancels = isCancel(part, call);
  const asker = cancels ? (operation.cancelAsked ?? operation.requester) : operation.requester;
  const starters = cancels ? await startersOf(deps.database.db, operation) : null;
  const asks = starters ? asksToCancel({ parts: [part] }, starters) : asksOf({ parts: [part] });
  const place = await conversationById(deps.database.db, operation.conversationId);
  // Every operation has a conversation; without it, it is unknown whether it can continue there.
  if (!place) return 'permission';
  const isScheduledDrill = !cancels && !isPerson(operation.requester) && operation.plan.parts[0]?.does === 'drill';
  if (isScheduledDrill && !(await isStillAllowed(deps, operation.plan, part)))
    return bar(deps, { part, operation }, 'needs-approval');
  const { channel } = place;
  const rights = await rightsOf(deps, asker, channel);
  const gate = await readingRights(async () => gateNow(deps, rights, asks));
  if (gate.gate === 'open') return null;
  // The approval is for the plan, not for its cancellation.
  const isAsked = gate.gate === 'approvals' && !cancels;
  const approved = isAsked && (await isApproved(deps, { part, operation, channel, terms: gate.terms }));
  if (approved === true) return null;
  const barred = approved === null ? refuse('not-trusted-now', { what: 'identity' }) : gate.refusal;
  if (mayPass(barred)) return 'permission';
  return bar(deps, { part, operation }, barred.refused);
}

type Approved = Omit<Beginning, 'call'> & { readonly channel: string | null; readonly terms: ApprovalTerms };

/**
 * What runs on an approval was approved as it is: its plan is the one that the approval pins, and enough of the
 * approvers can still approve for what the rules now require. A restore's approval covers the deletion of its own
 * files. What a schedule started runs on a standing approval. Null: unknown now.
 */
async function isApproved(deps: Deps, { part, operation, channel, terms }: Approved): Promise<boolean | null> {
  if (!isPerson(operation.requester)) return isStillAllowed(deps, operation.plan, part);
  if (part.does === 'clean-up-staging' && part.from?.plan) return wasStarted(deps.database.db, part.from.plan);
  const stored = await requestOfOperation(deps.database.db, operation.id);
  if (!stored || !coversRun(stored.request, operation, stored.now)) return false;
  const voters = await votersOfOperation(deps, operation.id, channel);
  return voters === null ? null : mayRunOn(stored.request, { voters, terms }, { here: deps.clock.now() });
}

/** A cancel, requested while the part ran. The part continues, whatever the result. */
export function isCancel(part: Part, call: string): boolean {
  return call === 'cancel-job' && part.does !== 'cancel-job';
}

type Writing = Omit<Beginning, 'call'>;

/**
 * What a drill created is deleted whatever has become of the roles, the rules and the requester since: otherwise it
 * would cost money, and its disks would stay there. Only if Kluis writes nothing at all (read-only) does it stay.
 */
function takingAway(deps: Deps, { part, operation }: Writing): null {
  const gate = deps.authority.rules(asksOf({ parts: [part] }), null);
  const isReadOnly = gate.gate === 'refused' && gate.refusal.refused === 'read-only';
  return isReadOnly ? bar(deps, { part, operation }, 'read-only') : null;
}

function bar(deps: Deps, { part, operation }: Writing, refused: RefusalCode): never {
  deps.metrics.refused(refused);
  deps.log.warn({ operation: operation.id, part: part.id, refused }, 'a write is no longer allowed');
  throw new WriteRefused(refused);
}
