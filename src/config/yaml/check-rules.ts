import { type Facet, facets } from '../../people/match.ts';
import { type OperationName, operationNames, operationTraits } from '../../people/operations.ts';
import { holderOf, type Role, type RoleGrant } from '../../people/roles.ts';
import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { isApprovals, type RolesAndRules, type Rule } from '../../people/rules.ts';
import type { Problem } from '../problem.ts';
import { covers, isSamePlace } from './covers.ts';
import { pathText, positionOf, type Source } from './positions.ts';
import { problemAt } from './say-issue.ts';

/**
 * Rules that can never take effect, contradict each other, or that nobody can satisfy. Only what is certain is
 * reported.
 */
export function badRules(source: Source, { roles, rules }: RolesAndRules): readonly Problem[] {
  return rules.flatMap((rule, index) => {
    const contradiction = contradictionOf(rules, index, source);
    if (contradiction)
      return [{ ...problemAt(source, ['rules', index], contradiction), remedy: 'Keep one of the two' }];
    const stray = strayFacet(rule);
    if (stray) return [{ ...problemAt(source, ['rules', index, stray.field], stray.wrong), remedy: stray.remedy }];
    const nobody = whyNobodyCan(rule, roles);
    return nobody
      ? [{ ...problemAt(source, ['rules', index, nobody.field], nobody.wrong), remedy: nobody.remedy }]
      : [];
  });
}

function contradictionOf(rules: readonly Rule[], index: number, source: Source): string | null {
  const rule = rules[index] as Rule;
  const named = (at: number) => `${pathText(['rules', at])} in line ${positionOf(source, ['rules', at]).line}`;
  const same = rules.findIndex((other, at) => at < index && isSamePlace(other, rule));
  if (same >= 0) return `it covers the same as ${named(same)}`;
  const denying = rules.findIndex((other) => other.verdict.deny && covers(other, rule));
  if (rule.verdict.deny || denying < 0) return null;
  return `it never takes effect: ${named(denying)} denies all of it, and deny overrides every other rule`;
}

/** A facet that the operation never has: the rule would never apply, and nobody would notice. */
function strayFacet({ operation, match }: Rule): (Nobody & { readonly field: Facet }) | null {
  if (operation === null) return null;
  const has = operationTraits[operation].facets;
  const field = facets.find((facet) => match[facet] !== undefined && !has.includes(facet));
  if (!field) return null;
  return {
    field,
    wrong: `${operation} has no ${field}, so the rule would never take effect`,
    remedy: `Narrow it by ${has.join(', ')}, or leave ${field} out`,
  };
}

type Nobody = { readonly field: string; readonly wrong: string; readonly remedy: string };

function whyNobodyCan({ operation, verdict }: Rule, roles: readonly RoleGrant[]): Nobody | null {
  if (verdict.deny) return null;
  const asking = rolesThatAsk(operation);
  const requesters = holdersOf(roles, asking);
  if (isNobody(requesters))
    return {
      field: 'operation',
      wrong: `nobody can request it: nobody has the role ${asking.join(' or ')}`,
      remedy: `Name somebody under roles.${asking[0] ?? 'operator'}, or leave the rule out`,
    };
  if (!isApprovals(verdict.approval)) return null;
  const approvers = holdersOf(roles, ['approver']);
  return (
    whyNobodyApproves(verdict.approval.approvals, requesters, approvers) ??
    whyNamedCannot(verdict.approval, requesters, approvers)
  );
}

function whyNobodyApproves(asked: number, requesters: Holders, approvers: Holders): Nobody | null {
  const max = maxApprovers(requesters, approvers);
  if (max >= asked) return null;
  const isOwn = approvers.users.size > max;
  return {
    field: 'approvals',
    wrong: `it requires ${asked}, but at most ${max} can approve${isOwn ? ': nobody approves their own request' : ''}`,
    remedy: 'Name more people or a group under roles.approver, or require fewer approvals',
  };
}

/** Naming people doesn't make them approvers: of those named, only who has the role counts. */
function whyNamedCannot(
  { approvals, named = [] }: ApprovalTerms,
  requesters: Holders,
  approvers: Holders,
): Nobody | null {
  for (const clause of named) {
    const holders = [...clause.approvers, ...clause.fallback].map(holderOf);
    if (holders.some(({ kind }) => kind !== 'user')) continue;
    const ids = holders.flatMap((to) => (to.kind === 'user' ? [to.id.toLowerCase()] : []));
    const users = new Set(ids.filter((id) => approvers.others || approvers.users.has(id)));
    const nobody = whyNobodyApproves(approvals, requesters, { users, others: false });
    if (nobody) return { ...nobody, field: 'approvers', remedy: 'Name more people who hold the role approver' };
  }
  return null;
}

/** Who has a role: people that can be counted, and maybe others that can't (a group, everyone). */
type Holders = { readonly users: ReadonlySet<string>; readonly others: boolean };

function holdersOf(grants: readonly RoleGrant[], asked: readonly Role[]): Holders {
  const holders = grants.filter(({ role }) => asked.includes(role)).map(({ to }) => to);
  return {
    users: new Set(holders.flatMap((to) => (to.kind === 'user' ? [to.id.toLowerCase()] : []))),
    others: holders.some(({ kind }) => kind !== 'user'),
  };
}

function isNobody({ users, others }: Holders): boolean {
  return users.size === 0 && !others;
}

// With the requester who leaves the most approvers: one who isn't an approver, if there may be one.
function maxApprovers(requesters: Holders, approvers: Holders): number {
  if (approvers.others) return Infinity;
  const isOutsider = requesters.others || [...requesters.users].some((id) => !approvers.users.has(id));
  return isOutsider ? approvers.users.size : approvers.users.size - 1;
}

function rolesThatAsk(operation: OperationName | null): readonly Role[] {
  // Whoever started a job can cancel it as an operator.
  if (operation === 'cancel-job') return ['admin', 'operator'];
  if (operation !== null) return [operationTraits[operation].role];
  return [...new Set(operationNames.map((name) => operationTraits[name].role))];
}
