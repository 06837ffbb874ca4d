import { halfOf, isForReview } from '../../approval/request.ts';
import { bothPeople, type ApprovalTerms } from '../../core/approval-terms.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import type { NamedNow } from '../../people/rights.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import type { Deps } from '../deps.ts';

/**
 * The people who count for a request now: those its rule named; if today's rule (`also`) names people, only those in
 * both.
 */
export function namedNow({ request, now }: StoredRequest, also: ApprovalTerms = request.terms): NamedNow {
  return { named: bothPeople(request.terms, also).named ?? [], isLate: now >= halfOf(request) };
}

/**
 * Within `readingRights`: the directory is asked about everybody whom a request names, now or later, or is shown to; if
 * it is to be reviewed, about the administrators, too.
 */
export function knowAccountsOf(
  { authority }: Pick<Deps, 'authority'>,
  stored: StoredRequest,
  administrators = isForReview(stored.request),
): void {
  const plan = readPlan(stored.plan);
  const { copies, unreached, request } = stored;
  const also = [...copies, ...unreached].flatMap(({ person }) => (person === undefined ? [] : [person]));
  const named = { ...namedNow(stored), isLate: true };
  authority.knowAccounts({ asks: plan ? asksOf(plan) : [], named, terms: request.terms, also, administrators });
}
