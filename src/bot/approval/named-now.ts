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
 * The directory is asked at once about everybody whom these requests name, now or later, or are shown to; if one is to
 * be reviewed, about the administrators, too.
 */
export function knowAccountsOf({ authority }: Pick<Deps, 'authority'>, all: readonly StoredRequest[]): void {
  const informed = all.map((stored) => {
    const plan = readPlan(stored.plan);
    const { copies, unreached, request } = stored;
    const also = [...copies, ...unreached].flatMap(({ person }) => (person === undefined ? [] : [person]));
    const named = { ...namedNow(stored), isLate: true };
    const { terms } = request;
    return { asks: plan ? asksOf(plan) : [], named, terms, also, isForReview: isForReview(request) };
  });
  authority.knowAccounts(informed);
}
