import type { StoredRequest } from '../../store/approvals.ts';
import type { Within } from '../deps.ts';
import { record } from '../record.ts';

/**
 * Records a change of a request in the audit log, in the transaction of the change; a break-glass has its own kind of
 * entry.
 */
export async function recordMove({ deps, unit }: Within, stored: StoredRequest, move: string): Promise<void> {
  const { request, requestedBy, ticket } = stored;
  const { id, digest, state, votes, terms, glass } = request;
  const operation = { id: null, digest, requester: requestedBy };
  const detail = {
    request: id,
    move,
    state,
    votes,
    terms,
    ...(ticket !== null && { ticket }),
    ...(glass && { glass }),
  };
  const what = move === 'break-glass' ? 'break-glass' : move === 'review' ? 'break-glass-review' : 'approval';
  await record(unit.q, { now: deps.clock.now(), what, operation, detail });
}
