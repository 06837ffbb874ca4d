/**
 * A request for somebody else's approval of a plan. It pins the plan by its digest and can only narrow what the plan
 * can do: it is used once, it expires, and it covers no other plan. Pure; all times are the database's, people are
 * Entra IDs.
 */
import { entriesOf, entryKey, type ApprovalTerms, type NamedApprovers } from '../core/approval-terms.ts';

/**
 * The state of a request. All but `pending` and `approved` are final. `refused`: it was approved, and the gate refused
 * its plan at the start.
 */
export type ApprovalState =
  | 'pending'
  | 'approved'
  | 'denied'
  | 'expired'
  | 'withdrawn'
  | 'revoked'
  | 'superseded'
  | 'refused'
  | 'started';

/** The member of a Slack workspace as whom somebody decided there. */
export type SlackMember = { readonly team: string; readonly user: string };

/**
 * Somebody as they are known now: in Entra, as the member of Slack as whom they act, and as those that `kluis.yaml`
 * links to them (`also`).
 */
export type Identity = {
  readonly person: string | null;
  readonly slack?: SlackMember;
  readonly also?: readonly string[];
};

/** A member's ID on its own: after their workspace. */
export function memberKey({ team, user }: SlackMember): string {
  return `${team}/${user}`.toLowerCase();
}

/** Whether somebody is one of those with these IDs, by any of their own. An ID in Slack may lack its workspace. */
export function isOneOf({ person, slack, also = [] }: Identity, ids: readonly string[]): boolean {
  const own = [...(person === null ? [] : [person]), ...(slack ? [memberKey(slack)] : []), ...also].map(lower);
  return ids.map(lower).some((id) => own.some((mine) => id === mine || id.endsWith(`/${mine}`)));
}

function lower(id: string): string {
  return id.toLowerCase();
}

/**
 * One person's decision. A person has at most one; a denial replaces their own approval. `slack` absent: they decided
 * elsewhere.
 */
export type Vote = {
  readonly person: string;
  readonly name: string;
  readonly slack?: SlackMember;
  /** The entries of named approvers that it serves; absent: all of them. */
  readonly serves?: readonly string[];
  readonly decision: 'approve' | 'deny';
  readonly reason: string | null;
  readonly at: Date;
};

/**
 * Somebody started the plan without the approvals it lacked. `typed`: the names of its VMs, as they typed them.
 * `review` null: nobody has reviewed it yet.
 */
export type Glass = {
  readonly person: string;
  readonly name: string;
  readonly slack?: SlackMember;
  readonly reason: string;
  readonly typed: string;
  readonly at: Date;
  readonly review: Review | null;
};

/** Who reviewed a break-glass afterwards, and what they noted. */
type Review = {
  readonly person: string;
  readonly name: string;
  readonly note: string | null;
  readonly at: Date;
};

/** A request as it is stored. */
export type ApprovalRequest = {
  readonly id: string;
  readonly digest: string;
  readonly terms: ApprovalTerms;
  readonly requester: string;
  /** Every ID of the requester: in Entra, as a member of Slack, and whom that member is linked to now. */
  readonly askers: readonly string[];
  /** The same of everybody else who opened or changed the plan. */
  readonly makers: readonly string[];
  readonly state: ApprovalState;
  readonly votes: readonly Vote[];
  /** Null: it starts on its approvals only. */
  readonly glass: Glass | null;
  /** Whom the member of Slack who used break-glass is linked to now; absent: nobody used it there. */
  readonly breakerNow?: readonly string[];
  readonly createdAt: Date;
  readonly approvedAt: Date | null;
  readonly startedAt: Date | null;
};

/** How long before a request ends the approvers get the last reminder, in milliseconds. */
const lastReminderMs = 15 * 60_000;

const dayMs = 24 * 3_600_000;

/**
 * How long after its start an approval still covers another attempt at a failed part of the same plan, in milliseconds.
 */
const retriesMs = dayMs;

/** How long after its start an approved operation can still write, in milliseconds: longer than it ever waits. */
const runsMs = 7 * dayMs;

/** Whether a request is closed; a started plan is, for anyone who wants to decide about it. */
export function isClosed({ state }: ApprovalRequest): boolean {
  return state !== 'pending' && state !== 'approved';
}

/** Whether it is approved and waits for the requester to start it; a break-glass waits for nobody. */
export function isHeld({ state, terms, glass }: ApprovalRequest): boolean {
  return state === 'approved' && terms.startedBy === 'requester' && glass === null;
}

/** Whether it was started by break-glass and nobody has reviewed that yet. */
export function isForReview({ state, glass }: Pick<ApprovalRequest, 'state' | 'glass'>): boolean {
  return state === 'started' && glass !== null && glass.review === null;
}

/** When a request that is still open expires: unanswered, or approved and not started. */
export function endsAt({ createdAt, approvedAt, terms }: ApprovalRequest): Date {
  return approvedAt ? new Date(approvedAt.getTime() + terms.startMs) : new Date(createdAt.getTime() + terms.withinMs);
}

/** The same, for the sweep that ends it then; null: it has ended. */
export function openUntil(request: ApprovalRequest): Date | null {
  return isClosed(request) ? null : endsAt(request);
}

/** The time from which the fallbacks of a rule's named approvers count too. */
export function halfOf({ createdAt, terms }: Pick<ApprovalRequest, 'createdAt' | 'terms'>): Date {
  return new Date(createdAt.getTime() + terms.withinMs / 2);
}

/**
 * When the approvers are reminded next, after a given time: at half of the request's time and shortly before its end;
 * null: not again.
 */
export function nextReminder(request: Pick<ApprovalRequest, 'createdAt' | 'terms'>, after: Date): Date | null {
  const { createdAt, terms } = request;
  const half = halfOf(request);
  const last = new Date(createdAt.getTime() + terms.withinMs - lastReminderMs);
  return [half, last].find((at) => at > after) ?? null;
}

/** When those who can review a break-glass are reminded of that next. */
export function nextReviewReminder(now: Date): Date {
  return new Date(now.getTime() + dayMs);
}

type Voted = Pick<ApprovalRequest, 'terms' | 'votes'>;

/** An entry of named approvers, and how many of their votes are still missing. */
type Lacking = { readonly entry: NamedApprovers; readonly missing: number };

/** The entries of named approvers that still lack a vote. */
export function lackingEntries({ terms, votes }: Voted): readonly Lacking[] {
  const given = approving(votes);
  return entriesOf(terms).flatMap((entry) => {
    const key = entryKey(entry);
    const missing = entry.approvals - given.filter(({ serves }) => serves?.includes(key) ?? true).length;
    return missing > 0 ? [{ entry, missing }] : [];
  });
}

/** The approvals that a request still lacks, at least: one vote may serve several entries. Zero: it has all. */
export function missingApprovals(request: Voted): number {
  const byCount = request.terms.approvals - approving(request.votes).length;
  return Math.max(0, byCount, fewestFor(lackingEntries(request)));
}

/** How many have approved, and how many that is of at least. */
export function approvalsOf(request: Voted): { readonly approved: number; readonly needed: number } {
  const approved = approving(request.votes).length;
  return { approved, needed: approved + missingApprovals(request) };
}

/** How few votes can serve these entries: whoever is named in most of them comes first. */
function fewestFor(lacking: readonly Lacking[]): number {
  const left = lacking.filter(({ missing }) => missing > 0);
  const texts = left.flatMap(({ entry }) => [...entry.approvers, ...entry.fallback]);
  const serves = (text: string, { entry }: Lacking) =>
    [...entry.approvers, ...entry.fallback, 'everyone'].includes(text);
  const count = (text: string) => left.filter((one) => serves(text, one) || isAnybody(one)).length;
  const best = texts.toSorted((a, b) => count(b) - count(a))[0];
  if (best === undefined) return 0;
  return (
    1 + fewestFor(left.map((one) => (serves(best, one) || isAnybody(one) ? { ...one, missing: one.missing - 1 } : one)))
  );
}

function isAnybody({ entry }: Lacking): boolean {
  return entry.approvers.includes('everyone');
}

function approving(votes: readonly Vote[]): readonly Vote[] {
  return votes.filter(({ decision }) => decision === 'approve');
}

/** Whether it waits for the decision of this person, provided they can approve it at all. */
export function waitsFor({ state, askers, makers, votes }: ApprovalRequest, who: Identity): boolean {
  const isOther = who.person !== null && !isOneOf(who, [...askers, ...makers]);
  return state === 'pending' && isOther && !votes.some((vote) => vote.person === who.person);
}

/** Whether it waits for the review of this person, provided they can approve it at all. */
export function reviewWaitsFor(request: ApprovalRequest, who: Identity): boolean {
  const { askers, makers } = request;
  return isForReview(request) && who.person !== null && !isOneOf(who, [...askers, ...makers, ...breakerOf(request)]);
}

/** Every ID of the person who used break-glass. */
export function breakerOf({ glass, breakerNow = [] }: ApprovalRequest): readonly string[] {
  return glass ? [glass.person, ...(glass.slack ? [memberKey(glass.slack)] : []), ...breakerNow] : [];
}

/** Whether a used approval covers another attempt: at the same plan only, and for a limited time. */
export function coversRetry({ state, digest, startedAt }: ApprovalRequest, plan: string, now: Date): boolean {
  if (state !== 'started' || !startedAt || digest !== plan) return false;
  const age = now.getTime() - startedAt.getTime();
  return age >= 0 && age < retriesMs;
}

/**
 * Whether a used approval covers what an operation that started on it still writes. Each attempt has its own time: one
 * that began within the day of another can take longer than that day.
 */
export function coversRun(
  { state, digest }: ApprovalRequest,
  run: { readonly digest: string; readonly createdAt: Date },
  now: Date,
): boolean {
  // If the database's clock was set back meanwhile, that stops nothing that is running.
  return state === 'started' && digest === run.digest && Math.abs(now.getTime() - run.createdAt.getTime()) < runsMs;
}
