import { halfOf } from '../../approval/request.ts';
import { bothPeople, type ApprovalTerms } from '../../core/approval-terms.ts';
import type { NamedNow } from '../../people/rights.ts';
import type { StoredRequest } from '../../store/approvals.ts';

/**
 * The people who count for a request now: those its rule named; if today's rule (`also`) names people, only those in
 * both.
 */
export function namedNow({ request, now }: StoredRequest, also: ApprovalTerms = request.terms): NamedNow {
  return { named: bothPeople(request.terms, also).named ?? [], isLate: now >= halfOf(request) };
}
