import type { ApprovalEvent } from '../../approval/decide.ts';
import { whyOf } from '../../operations/cards/request/why-of.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import type { Within } from '../deps.ts';
import { record } from '../record.ts';

/** What was done; a refusal at the start with its reason. */
type Move = string | Extract<ApprovalEvent, { kind: 'refuse' }>;

/**
 * Records a change of a request in the audit log, in the transaction of the change; a break-glass has its own kind of
 * entry.
 */
export async function recordMove({ deps, unit }: Within, stored: StoredRequest, done: Move): Promise<void> {
  const { request, requestedBy, ticket } = stored;
  const reason = whyOf(readPlan(stored.plan), stored.reason);
  const move = typeof done === 'string' ? done : done.kind;
  const { id, digest, state, votes, terms, glass } = request;
  const operation = { id: null, digest, requester: requestedBy };
  const detail = {
    request: id,
    move,
    state,
    ...(typeof done !== 'string' && { because: done.because }),
    votes,
    terms,
    ...(ticket !== null && { ticket }),
    ...(reason !== null && { reason }),
    ...(glass && { glass }),
  };
  const what = move === 'break-glass' ? 'break-glass' : move === 'review' ? 'break-glass-review' : 'approval';
  await record(unit, { now: deps.clock.now(), what, operation, detail });
}
