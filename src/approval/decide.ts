/** What can happen to a request for approval, and the result. Pure: the caller stores it by compare and set. */
import { refuse, type Refusal } from '../core/refusal.ts';
import { entryKey, stricterTerms, type ApprovalTerms } from '../core/approval-terms.ts';
import {
  type ApprovalRequest,
  breakerOf,
  endsAt,
  type Identity,
  isClosed,
  isForReview,
  isOneOf,
  lackingEntries,
  missingApprovals,
  type Vote,
} from './request.ts';

/**
 * Who wants to decide, as read for this decision. `person` null: they aren't linked to anybody in Entra, or
 * (`noAccount`) have no enabled account there. `approver`: whether they can approve every target of the plan.
 * `mayBreakGlass`: whether they are among those who can start it without approvals. `readAt`: when their groups were
 * read.
 */
export type Voter = Identity & {
  readonly noAccount?: true;
  readonly name: string;
  readonly guest: boolean;
  readonly approver: boolean;
  readonly mayBreakGlass: boolean;
  /** Whether they are an administrator everywhere, who can review a break-glass. */
  readonly admin?: boolean;
  readonly readAt: Date;
  /** The entries of named approvers that their vote serves; absent: nobody is named. */
  readonly serves?: readonly string[];
};

/** What can happen. `digest` is that of the plan on the card that was pressed, or that is about to start. */
export type ApprovalEvent =
  | { readonly kind: 'approve'; readonly voter: Voter; readonly digest: string }
  | { readonly kind: 'deny'; readonly voter: Voter; readonly digest: string; readonly reason: string }
  /** `typed`: the VM names, already compared with the plan's. */
  | {
      readonly kind: 'break-glass';
      readonly voter: Voter;
      readonly digest: string;
      readonly reason: string;
      readonly typed: string;
    }
  | { readonly kind: 'review'; readonly voter: Voter; readonly digest: string; readonly note: string | null }
  | { readonly kind: 'withdraw'; readonly person: string | null }
  | { readonly kind: 'expire' }
  /** No release that can still read its plan is left. */
  | { readonly kind: 'unreadable' }
  /** It was about to start, and the gate refuses it for good. */
  | { readonly kind: 'refuse'; readonly because: Refusal }
  /**
   * Everything was read again; `voters` are those who approved or used break-glass, with their rights now; `terms` is
   * what the rules require now.
   */
  | {
      readonly kind: 'start';
      readonly digest: string;
      readonly voters: readonly Voter[];
      readonly terms: ApprovalTerms;
    };

/** The database's time, by which a request ends, and this process's, by which its voters were read: clocks differ. */
type Present = { readonly now: Date; readonly here: Date };

/** The maximum age of what was read about a voter, in milliseconds. */
const readMaxAgeMs = 60_000;

/** Moves a request by one event, or refuses it and leaves it as it is. */
export function decideOn(request: ApprovalRequest, event: ApprovalEvent, present: Present): ApprovalRequest | Refusal {
  const { now } = present;
  if (event.kind === 'review') return review(request, event, present);
  if (isClosed(request)) return closed(request);
  const isOver = now.getTime() >= endsAt(request).getTime();
  if (event.kind === 'expire') return isOver ? { ...request, state: 'expired' } : refuse('outdated-card');
  if (isOver) return refuse('request-closed', { state: 'expired' });
  switch (event.kind) {
    case 'approve':
      return approve(request, event, present);
    case 'deny':
      return deny(request, event, present);
    case 'break-glass':
      return breakGlass(request, event, present);
    case 'withdraw':
      return event.person === request.requester ? { ...request, state: 'withdrawn' } : refuse('not-your-request');
    case 'unreadable':
      return { ...request, state: 'superseded' };
    case 'refuse':
      return refusedAtStart(request, event.because);
    case 'start':
      return start(request, event, present);
  }
}

/**
 * Why somebody's decision doesn't count; null: it does. A missing permission is reported before a decision that isn't
 * needed.
 */
function whyNoVote(request: ApprovalRequest, voter: Voter, present: Pick<Present, 'here'>): Refusal | null {
  const unknown = whyUnknown(voter, present);
  if (unknown) return unknown;
  if (isOneOf(voter, request.askers)) return refuse(isForReview(request) ? 'own-review' : 'own-request');
  if (isOneOf(voter, request.makers)) return refuse('changed-it');
  return voter.approver ? null : refuse('not-approver');
}

/** Why it isn't known who somebody is; null: it is known. */
function whyUnknown(voter: Voter, { here }: Pick<Present, 'here'>): Refusal | null {
  if (voter.noAccount) return refuse('no-account');
  if (voter.guest) return refuse('no-guests');
  if (voter.person === null) return refuse('not-linked');
  return isFresh(voter, here) ? null : refuse('not-trusted-now', { what: 'identity' });
}

/** Why somebody can't start a request without the approvals that it lacks; null: they can. */
export function whyNoBreakGlass(
  request: ApprovalRequest,
  { voter, digest }: { readonly voter: Voter; readonly digest: string },
  present: Pick<Present, 'here'>,
): Refusal | null {
  const refused = whyUnknown(voter, present) ?? (voter.mayBreakGlass ? null : refuse('not-break-glass'));
  if (refused) return refused;
  return whyOtherPlan(request, digest) ?? (request.state === 'pending' ? null : closed(request));
}

function closed({ state }: ApprovalRequest): Refusal {
  return refuse('request-closed', { state });
}

/** It counts as approved, so it follows the path of every approved plan: everything is read again before it starts. */
function breakGlass(
  request: ApprovalRequest,
  event: Extract<ApprovalEvent, { kind: 'break-glass' }>,
  present: Present,
): ApprovalRequest | Refusal {
  const { voter, reason, typed } = event;
  const { now } = present;
  const refused = whyNoBreakGlass(request, event, present);
  if (refused) return refused;
  return {
    ...request,
    state: 'approved',
    approvedAt: now,
    glass: { ...whoOf(voter), reason, typed, at: now, review: null },
  };
}

/**
 * Somebody who could have approved it has reviewed it, or an administrator, so that there is always somebody who can:
 * neither the requester, nor who made the plan, nor the person who used break-glass.
 */
function review(
  request: ApprovalRequest,
  { voter, digest, note }: Extract<ApprovalEvent, { kind: 'review' }>,
  present: Present,
): ApprovalRequest | Refusal {
  if (!request.glass || !isForReview(request)) return closed(request);
  const reviewer = { ...voter, approver: voter.approver || voter.admin === true };
  const refused = whyNoVote(request, reviewer, present) ?? whyOtherPlan(request, digest);
  if (refused) return refused;
  if (isOneOf(voter, breakerOf(request))) return refuse('own-break-glass');
  return { ...request, glass: { ...request.glass, review: { ...whoOf(voter), note, at: present.now } } };
}

function approve(
  request: ApprovalRequest,
  { voter, digest }: Extract<ApprovalEvent, { kind: 'approve' }>,
  present: Present,
) {
  const refused = whyNoVote(request, voter, present) ?? whyOtherPlan(request, digest);
  if (refused) return refused;
  if (request.state === 'approved') return closed(request);
  if (request.votes.some(({ person }) => person === voter.person)) return refuse('voted-already');
  if (!isNeeded(request, voter)) return refuse('not-needed');
  const voted = {
    ...request,
    votes: [
      ...request.votes,
      { ...whoOf(voter), ...servesOf(voter), decision: 'approve' as const, reason: null, at: present.now },
    ],
  };
  return missingApprovals(voted) > 0 ? voted : { ...voted, state: 'approved' as const, approvedAt: present.now };
}

/** Whether somebody's approval brings it nearer: those of another entry may be the ones who are missing. */
export function isNeeded(request: ApprovalRequest, { serves }: Pick<Voter, 'serves'>): boolean {
  const lacking = lackingEntries(request);
  return lacking.length === 0 || lacking.some(({ entry }) => serves?.includes(entryKey(entry)) ?? true);
}

/** One denial closes it, even after it was approved and even by somebody who had approved it. */
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
 * The last check before the plan runs. Another plan supersedes the request. An approval by somebody who can no longer
 * approve is dropped, and today's terms apply if they are stricter: if too few approvals are left, it waits for more. A
 * break-glass replaces them, if the person who used it still can. What has expired under today's terms doesn't start
 * and ends next; if they leave the start to the requester, it waits for them.
 */
function start(request: ApprovalRequest, event: Extract<ApprovalEvent, { kind: 'start' }>, present: Present) {
  const { now, here } = present;
  if (event.digest !== request.digest) return { ...request, state: 'superseded' as const };
  if (request.state !== 'approved') return refuse('outdated-card');
  // A reading that is too old says nothing about them, so no approval is dropped because of it.
  if (!event.voters.every((voter) => isFresh(voter, here))) return refuse('not-trusted-now', { what: 'identity' });
  const votes = countingVotes(request, event.voters, present);
  const left = { ...request, votes, terms: stricterTerms(request.terms, event.terms) };
  const waits = { ...left, state: 'pending' as const, approvedAt: null, glass: null };
  if (isTooLate(left)) return waits;
  if (now >= endsAt(left)) return left;
  if (isByGlass(request, event.voters, present)) return { ...left, state: 'started' as const, startedAt: now };
  if (missingApprovals(left) > 0) return waits;
  const wasLeftToThem = request.terms.startedBy === 'requester';
  if (left.terms.startedBy === 'requester' && !wasLeftToThem) return { ...left, glass: null };
  return { ...left, state: 'started' as const, startedAt: now };
}

/** A plan that was continued otherwise in the meantime isn't forbidden: it is out of date. */
function refusedAtStart(request: ApprovalRequest, because: Refusal): ApprovalRequest | Refusal {
  if (request.state !== 'approved') return refuse('outdated-card');
  return { ...request, state: because.refused === 'outdated-card' ? 'superseded' : 'refused' };
}

/** Whether it was approved only after its time was up. */
function isTooLate({ createdAt, approvedAt, terms }: ApprovalRequest): boolean {
  return approvedAt !== null && approvedAt.getTime() >= createdAt.getTime() + terms.withinMs;
}

/** Whether the person who used break-glass still can, as just read. */
function isByGlass({ glass }: ApprovalRequest, voters: readonly Voter[], present: Pick<Present, 'here'>): boolean {
  return voters.some((voter) => voter.mayBreakGlass && voter.person === glass?.person && !whyUnknown(voter, present));
}

/** Who approved, as just read, and what the rules require now. */
type Today = { readonly voters: readonly Voter[]; readonly terms: ApprovalTerms };

/** Whether enough of those who approved it can still decide for what the rules require now. */
export function hasEnough(request: ApprovalRequest, { voters, terms }: Today, present: Pick<Present, 'here'>): boolean {
  return missingApprovals({ ...request, votes: countingVotes(request, voters, present), terms }) === 0;
}

/**
 * The same for an operation that is already running, which a break-glass may have started. Null: what was read about
 * them is too old.
 */
export function mayRunOn(request: ApprovalRequest, today: Today, present: Pick<Present, 'here'>): boolean | null {
  if (!today.voters.every((voter) => isFresh(voter, present.here))) return null;
  return isByGlass(request, today.voters, present) || hasEnough(request, today, present);
}

/** The votes of those who can still decide, as just read. */
function countingVotes(
  request: ApprovalRequest,
  voters: readonly Voter[],
  present: Pick<Present, 'here'>,
): readonly Vote[] {
  return request.votes.flatMap((vote) => {
    const voter = voters.find((one) => one.person === vote.person && !whyNoVote(request, one, present));
    return voter ? [{ ...vote, ...servesOf(voter) }] : [];
  });
}

function whyOtherPlan(request: ApprovalRequest, digest: string): Refusal | null {
  return digest === request.digest ? null : refuse('other-plan');
}

/**
 * Whether what was read about somebody is recent enough. A clock that was set back makes a reading seem more recent
 * than it is: one from the future doesn't count.
 */
export function isFresh({ readAt }: Voter, here: Date): boolean {
  const age = here.getTime() - readAt.getTime();
  return age >= 0 && age < readMaxAgeMs;
}

function servesOf({ serves }: Voter): Pick<Vote, 'serves'> {
  return serves === undefined ? {} : { serves };
}

function whoOf({ person, name, slack }: Voter): Pick<Vote, 'person' | 'name' | 'slack'> {
  return { person: person ?? '', name, ...(slack && { slack }) };
}
