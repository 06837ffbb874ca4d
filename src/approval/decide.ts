/** What can happen to a request for approval, and what comes of it. Pure: the caller stores it by compare and set. */
import { refuse, type Refusal } from '../core/refusal.ts';
import { stricterTerms, type ApprovalTerms } from '../core/approval-terms.ts';
import type { ApprovalRequest, Vote } from './request.ts';
import { endsAt, isClosed, missingApprovals } from './request.ts';

/**
 * Who wants to decide, as it was read for this very decision. `person` null: nobody in Entra is linked to them.
 * `approver`: whether they may approve every target of the plan. `readAt`: when their groups were read.
 */
export type Voter = {
  readonly person: string | null;
  readonly name: string;
  readonly guest: boolean;
  readonly approver: boolean;
  readonly readAt: Date;
};

/** What can happen. `digest` is that of the plan on the card that was pressed, or that is about to start. */
export type ApprovalEvent =
  | { readonly kind: 'approve'; readonly voter: Voter; readonly digest: string }
  | { readonly kind: 'deny'; readonly voter: Voter; readonly digest: string; readonly reason: string }
  | { readonly kind: 'withdraw'; readonly person: string | null }
  | { readonly kind: 'expire' }
  /**
   * Everything was read again; `voters` are those who approved, as they are now, `terms` what the rules ask for now.
   */
  | {
      readonly kind: 'start';
      readonly digest: string;
      readonly voters: readonly Voter[];
      readonly terms: ApprovalTerms;
    };

/** The database's time, by which a request ends, and this process's, by which its voters were read: clocks differ. */
type Present = { readonly now: Date; readonly here: Date };

/** How old what was read about a voter may be, in milliseconds. */
const readMaxAgeMs = 60_000;

/** Moves a request by one event, or refuses it and leaves it as it is. */
export function decideOn(request: ApprovalRequest, event: ApprovalEvent, present: Present): ApprovalRequest | Refusal {
  const { now } = present;
  if (isClosed(request)) return refuse('request-closed', { state: request.state });
  const isOver = now.getTime() >= endsAt(request).getTime();
  if (event.kind === 'expire') return isOver ? { ...request, state: 'expired' } : refuse('outdated-card');
  if (isOver) return refuse('request-closed', { state: 'expired' });
  switch (event.kind) {
    case 'approve':
      return approve(request, event, present);
    case 'deny':
      return deny(request, event, present);
    case 'withdraw':
      return event.person === request.requester ? { ...request, state: 'withdrawn' } : refuse('not-your-request');
    case 'start':
      return start(request, event, present);
  }
}

/** Why somebody's decision does not count; null: it does. What they may not is told before what they need not. */
function whyNoVote(request: ApprovalRequest, voter: Voter, { here }: Pick<Present, 'here'>): Refusal | null {
  if (voter.guest) return refuse('no-guests');
  if (voter.person === null) return refuse('not-linked');
  if (!isFresh(voter, here)) return refuse('not-trusted-now', { what: 'identity' });
  if (voter.person === request.requester) return refuse('own-request');
  if (voter.person === request.changedBy) return refuse('changed-it');
  return voter.approver ? null : refuse('not-approver');
}

function approve(
  request: ApprovalRequest,
  { voter, digest }: Extract<ApprovalEvent, { kind: 'approve' }>,
  present: Present,
) {
  const refused = whyNoVote(request, voter, present) ?? whyOtherPlan(request, digest);
  if (refused) return refused;
  if (request.state === 'approved') return refuse('request-closed', { state: 'approved' });
  if (request.votes.some(({ person }) => person === voter.person)) return refuse('voted-already');
  const voted = {
    ...request,
    votes: [...request.votes, { ...whoOf(voter), decision: 'approve' as const, reason: null, at: present.now }],
  };
  return missingApprovals(voted) > 0 ? voted : { ...voted, state: 'approved' as const, approvedAt: present.now };
}

/** One denial closes it, also that of somebody who had approved it, and also after it was approved. */
function deny(request: ApprovalRequest, event: Extract<ApprovalEvent, { kind: 'deny' }>, present: Present) {
  const { voter, digest, reason } = event;
  const refused = whyNoVote(request, voter, present) ?? whyOtherPlan(request, digest);
  if (refused) return refused;
  const others = request.votes.filter(({ person }) => person !== voter.person);
  const state = request.state === 'approved' ? ('revoked' as const) : ('denied' as const);
  return {
    ...request,
    state,
    votes: [...others, { ...whoOf(voter), decision: 'deny' as const, reason, at: present.now }],
  };
}

/**
 * The last check before the plan runs. Another plan supersedes the request. An approval by somebody who may not
 * approve any more is dropped, and stricter terms of today bind: where too few are left, it waits for more.
 */
function start(request: ApprovalRequest, event: Extract<ApprovalEvent, { kind: 'start' }>, present: Present) {
  const { now, here } = present;
  if (event.digest !== request.digest) return { ...request, state: 'superseded' as const };
  if (request.state !== 'approved') return refuse('outdated-card');
  // What was read too long ago says nothing of them, so nobody's approval is dropped for it.
  if (!event.voters.every((voter) => isFresh(voter, here))) return refuse('not-trusted-now', { what: 'identity' });
  const votes = countingVotes(request, event.voters, present);
  const left = { ...request, votes, terms: stricterTerms(request.terms, event.terms) };
  if (missingApprovals(left) === 0) return { ...left, state: 'started' as const, startedAt: now };
  return { ...left, state: 'pending' as const, approvedAt: null };
}

/** The votes of those who may still decide, as they were just read. */
export function countingVotes(
  request: ApprovalRequest,
  voters: readonly Voter[],
  present: Pick<Present, 'here'>,
): readonly Vote[] {
  const counts = ({ person }: Vote) =>
    voters.some((voter) => voter.person === person && !whyNoVote(request, voter, present));
  return request.votes.filter(counts);
}

function whyOtherPlan(request: ApprovalRequest, digest: string): Refusal | null {
  return digest === request.digest ? null : refuse('other-plan');
}

// A clock that was set back makes a reading look younger than it is: what seems to come from the future does not count.
function isFresh({ readAt }: Voter, here: Date): boolean {
  const age = here.getTime() - readAt.getTime();
  return age >= 0 && age < readMaxAgeMs;
}

function whoOf({ person, name }: Voter): Pick<Vote, 'person' | 'name'> {
  return { person: person ?? '', name };
}
