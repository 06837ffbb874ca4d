/** The open requests that concern one person. */
import { reviewWaitsFor, waitsFor } from '../../approval/request.ts';
import { asksOf } from '../../operations/plan-rights.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { openRequests, requestsToReview, type StoredRequest } from '../../store/approvals.ts';
import type { Queries } from '../../store/database.ts';
import type { PersonRights } from '../deps.ts';
import { namedNow } from './named-now.ts';

/**
 * Those that wait for the person's decision or review, and their own; those that end first come first. `breakable`:
 * what they can start without its approvals.
 */
type OpenRequests = {
  readonly approvals: readonly StoredRequest[];
  readonly requests: readonly StoredRequest[];
  readonly breakable: readonly StoredRequest[];
};

/** The maximum number of rows that are read. */
const maxRows = 200;

/** Reads them. For people who can't decide, none is waiting. */
export async function openRequestsOf(q: Queries, rights: PersonRights): Promise<OpenRequests> {
  const open = await openRequests(q, maxRows);
  const toReview = await requestsToReview(q, maxRows);
  const voter = rights.voter([]);
  const { person, guest } = voter;
  const voterOn = (stored: StoredRequest) => {
    const plan = readPlan(stored.plan);
    return plan && rights.voter(asksOf(plan), namedNow(stored));
  };
  const mayDecide = (stored: StoredRequest) => voterOn(stored)?.approver === true;
  const mayReview = (stored: StoredRequest) => voter.admin === true || mayDecide(stored);
  return {
    approvals: guest
      ? []
      : [
          ...open.filter((one) => waitsFor(one.request, voter) && mayDecide(one)),
          ...toReview.filter((one) => reviewWaitsFor(one.request, voter) && mayReview(one)),
        ],
    breakable: guest ? [] : open.filter((one) => voterOn(one)?.mayBreakGlass === true),
    requests: open.filter(({ request }) => request.requester === person),
  };
}
