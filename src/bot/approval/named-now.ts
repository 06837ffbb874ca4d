import { halfOf } from '../../approval/request.ts';
import { bothPeople, type ApprovalTerms } from '../../core/approval-terms.ts';
import type { NamedNow } from '../../people/rights.ts';
import type { StoredRequest } from '../../store/approvals.ts';

/** Whom a request counts now: those of the rule as it stood, and of today's (`also`) only who are among both. */
export function namedNow({ request, now }: StoredRequest, also: ApprovalTerms = request.terms): NamedNow {
  return { named: bothPeople(request.terms, also).named ?? [], isLate: now >= halfOf(request) };
}
