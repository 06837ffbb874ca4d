import { bothPeople, type ApprovalTerms } from '../core/approval-terms.ts';
import { compareSpecificity, type Match, specificity } from './match.ts';
import type { OperationName } from './operations.ts';
import type { RoleGrant } from './roles.ts';

/**
 * Who else has to agree: nobody; nobody, because a rule lets the requester do it alone (`operator`); or a number of
 * approvers within a given time, and the time after that within which the operation must start.
 */
export type Approval = 'none' | 'operator' | ApprovalTerms;

/** What a rule says where it matches. `approval` null: nothing about approvals. */
type Verdict = { readonly deny: true } | { readonly deny: false; readonly approval: Approval | null };

/**
 * A rule of `kluis.yaml`. Without an operation it applies to every operation. `azureRole`: the person must have the
 * Azure permissions that the operation needs.
 */
export type Rule = {
  readonly operation: OperationName | null;
  readonly match: Match;
  readonly verdict: Verdict;
  readonly azureRole?: true;
};

/** Everything that rights are decided from. */
export type RolesAndRules = { readonly roles: readonly RoleGrant[]; readonly rules: readonly Rule[] };

/** Whether somebody else has to agree. */
export function isApprovals(approval: Approval | null): approval is Exclude<Approval, string> {
  return approval !== null && typeof approval !== 'string';
}

/** How long approvals may take, and how long after them the operation may start, if the rule doesn't say. */
export const approvalTimes = { withinMs: 4 * 3_600_000, startMs: 3_600_000 } as const;

/**
 * Orders two rules: positive if `a` is more specific. The target counts first, from the narrowest facet (a VM) to the
 * widest (a subscription); for the same target, a rule that names its operation is more specific.
 */
export function compareRules(a: Rule, b: Rule): number {
  return compareSpecificity(ofRule(a), ofRule(b));
}

function ofRule({ match, operation }: Rule): readonly number[] {
  return [...specificity(match), operation === null ? 0 : 1];
}

/**
 * The stricter of two approvals: more approvers, then less time to gather them, then less time to start. If both ask
 * for approvals, each one's named people have to be among the approvers.
 */
export function stricterApproval(a: Approval, b: Approval): Approval {
  const stricter = stricterOf(a, b);
  if (!isApprovals(a) || !isApprovals(b) || !isApprovals(stricter)) return stricter;
  return { ...stricter, ...bothPeople(a, b) };
}

function stricterOf(a: Approval, b: Approval): Approval {
  const at = strictness(a).findIndex((value, index) => value !== strictness(b)[index]);
  return at >= 0 && (strictness(b)[at] ?? 0) > (strictness(a)[at] ?? 0) ? b : a;
}

function strictness(approval: Approval): readonly number[] {
  if (approval === 'none') return [-1, 0, 0];
  if (approval === 'operator') return [0, 0, 0];
  return [approval.approvals, -approval.withinMs, -approval.startMs];
}
