import type { Part } from '../../operations/parts.ts';
import { asksOf, asksToCancel } from '../../operations/plan-rights.ts';
import { Barred } from '../../operations/idempotent-write.ts';
import { isTakingAway } from '../../operations/drill/taking-away.ts';
import type { RefusalCode } from '../../core/refusal.ts';
import type { Deps } from '../deps.ts';
import { conversationById } from '../../store/conversations.ts';
import { coversRetry } from '../../approval/request.ts';
import { isPerson } from '../../core/person.ts';
import { isStillAllowed } from '../drills/standing-now.ts';
import { requestOfOperation } from '../../store/approvals.ts';
import { barredBy } from './gate.ts';
import { readingRoles } from './held-in-azure.ts';
import { startersOf } from './job-starter.ts';
import type { LiveOperation } from '../live-operation.ts';
import { rightsOf } from './turn-rights.ts';

type Beginning = {
  readonly call: string;
  readonly part: Part;
  readonly operation: LiveOperation;
};

/**
 * The gate once more, before each try of a write: whoever asked for it must still have the right. A plan may wait for a
 * grant, for Azure (that may tell it to come back in an hour) or for another process, and be of a time when somebody
 * had it. False: that cannot be told now, so it waits. A cancel is asked of whoever asked for it: the job may be
 * another's by now.
 */
export async function mayWrite(deps: Deps, { call, part, operation }: Beginning): Promise<boolean> {
  if (deps.unsafeBecause() !== null) return false;
  if (isTakingAway(operation.plan, part)) return mayTakeAway(deps, { part, operation });
  const cancels = isCancel(part, call);
  const asker = cancels ? (operation.cancelAsked ?? operation.requester) : operation.requester;
  const starters = cancels ? await startersOf(deps.database.db, operation) : null;
  const asks = starters ? asksToCancel({ parts: [part] }, starters) : asksOf({ parts: [part] });
  const place = await conversationById(deps.database.db, operation.conversationId);
  // Every operation has a conversation; without it nobody can tell whether it may go on there.
  if (!place) return false;
  const isScheduled = !cancels && !isPerson(operation.requester);
  if (isScheduled && !(await isStillAllowed(deps, operation.plan, part)))
    return bar(deps, { part, operation }, 'needs-approval');
  const { channel } = place;
  const rights = await rightsOf(deps, asker, channel);
  const barred = await readingRoles(async () => barredBy(deps, rights, asks));
  if (barred === null) return true;
  // What was approved is the plan, not that it is cancelled.
  if (barred.refused === 'needs-approval' && !cancels && (await isApproved(deps, operation, part))) return true;
  if (barred.refused === 'not-trusted-now' || barred.refused === 'azure-roles-unread') return false;
  return bar(deps, { part, operation }, barred.refused);
}

/**
 * What runs on an approval was approved as it is: its plan is the one that the approval pins. What a schedule started
 * runs on a standing approval.
 */
async function isApproved(deps: Deps, { id, digest, requester, plan }: LiveOperation, part: Part): Promise<boolean> {
  if (!isPerson(requester)) return isStillAllowed(deps, plan, part);
  const stored = await requestOfOperation(deps.database.db, id);
  return stored !== null && coversRetry(stored.request, digest, stored.now);
}

/** What somebody asked for while it ran: a cancel. The part goes on, whatever comes of it. */
export function isCancel(part: Part, call: string): boolean {
  return call === 'cancel-job' && part.does !== 'cancel-job';
}

type Writing = Omit<Beginning, 'call'>;

/**
 * What a drill made is deleted whatever became of the roles and rules since, and of whoever asked for it: it would only
 * cost money, and its disks would lie there. Where Kluis writes nothing at all, this is no exception.
 */
function mayTakeAway(deps: Deps, { part, operation }: Writing): true {
  const gate = deps.authority.rules(asksOf({ parts: [part] }), null);
  const isReadOnly = gate.gate === 'refused' && gate.refusal.refused === 'read-only';
  return isReadOnly ? bar(deps, { part, operation }, 'read-only') : true;
}

function bar(deps: Deps, { part, operation }: Writing, refused: RefusalCode): never {
  deps.metrics.refused(refused);
  deps.log.warn({ operation: operation.id, part: part.id, refused }, 'a write is no longer allowed');
  throw new Barred(refused);
}
