/**
 * Reminders of a waiting request: at half of its time and shortly before its end, below each of its copies, to the
 * approvers; and once a day for one that was started by break-glass, until somebody has reviewed it. A reminder is
 * recorded in the transaction that enqueues it, so each is sent once, despite restarts and however many replicas sweep.
 */
import {
  approvalsOf,
  endsAt,
  isForReview,
  nextReminder,
  nextReviewReminder,
  waitsFor,
} from '../../approval/request.ts';
import { subjectOf } from '../../operations/wording/plan-subject.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import { noteReminded, requestById, type StoredRequest } from '../../store/approvals.ts';
import { inTransaction, type Deciders, type Deps, type Within } from '../deps.ts';
import { copiesInPerson } from './ask-for-approval.ts';
import { knowAccountsOf } from './named-now.ts';
import { tellDeciders } from './request-places.ts';
import { decidersOf, identityOf, reviewersOf, showRequest } from './show-request.ts';

/** Reminds once, if it is still time. */
export async function remind(deps: Deps, id: string): Promise<void> {
  await inTransaction(deps, (unit) => remindIn({ deps, unit }, id));
}

async function remindIn(within: Within, id: string): Promise<void> {
  const found = await requestById(within.unit.q, id, 'toMove');
  if (!found?.remindAt || found.remindAt > found.now) return;
  knowAccountsOf(within.deps, [found]);
  if (isForReview(found.request)) await remindOfReview(within, found);
  else if (found.request.state === 'pending') await remindOfDecision(within, found);
}

async function remindOfReview(within: Within, stored: StoredRequest): Promise<void> {
  const { deps, unit } = within;
  const { glass } = stored.request;
  if (!glass) return;
  await noteReminded(unit.q, stored.request.id, nextReviewReminder(stored.now));
  await tellDeciders(within, stored, {
    deciders: reviewersOf(deps, stored),
    text: (said) =>
      said.say('glass.remind', {
        vm: subjectOf(said, readPlan(stored.plan)),
        name: glass.name,
        at: said.dated(glass.at, stored.now),
      }),
  });
}

async function remindOfDecision(within: Within, found: StoredRequest): Promise<void> {
  const { deps, unit } = within;
  const { request, now } = found;
  await noteReminded(unit.q, request.id, nextReminder(request, now));
  const deciders = decidersNow(deps, found);
  await tellDeciders(within, found, {
    deciders,
    text: (said) =>
      said.say('request.remind', {
        vm: subjectOf(said, readPlan(found.plan)),
        ...approvalsOf(request),
        left: said.duration(endsAt(request).getTime() - now.getTime()),
        until: said.time(endsAt(request)),
      }),
  });
  await showRequest(deps, unit, await askTheRest(within, found, deciders));
}

/** Those who can decide and haven't. */
function decidersNow(deps: Deps, stored: StoredRequest): Deciders {
  const { people, groups } = decidersOf(deps, stored);
  return { people: people.filter((one) => waitsFor(stored.request, identityOf(one))), groups };
}

/** People who are only asked after half of the time get the request now, and so do those who weren't reached before. */
async function askTheRest(within: Within, stored: StoredRequest, deciders: Deciders): Promise<StoredRequest> {
  return stored.request.terms.named ? copiesInPerson(within, stored, deciders) : stored;
}
