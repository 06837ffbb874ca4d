import { holderOf } from './roles.ts';
import { isApprovals, type RolesAndRules } from './rules.ts';

type Naming = RolesAndRules & { readonly breakGlass: { readonly group: readonly string[] } | null };

/** The Entra groups that roles, rules and break-glass name: the only ones that the directory is ever asked about. */
export function namedGroups({ roles, rules, breakGlass }: Naming): readonly string[] {
  const named = rules
    .flatMap(({ verdict }) => (!verdict.deny && isApprovals(verdict.approval) ? [verdict.approval] : []))
    .flatMap(({ named = [] }) => named.flatMap(({ approvers, fallback }) => [...approvers, ...fallback]));
  const holders = [...roles.map(({ to }) => to), ...[...named, ...(breakGlass?.group ?? [])].map(holderOf)];
  return [...new Set(holders.flatMap((to) => (to.kind === 'group' ? [to.id.toLowerCase()] : [])))];
}
