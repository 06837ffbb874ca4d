import type { AccessPolicy } from '../../azure/gateway.ts';
import { stableUuid } from '../../core/stable-uuid.ts';
import type { GrantNeed } from '../../readiness/assessment.ts';
import type { PartBase, PlannedVm } from '../part.ts';

/**
 * Giving Azure Backup access to one key vault: by one entry of its access policies that holds the present rights and
 * the needed ones, or by one role assignment whose name follows from scope, principal and role, so that it can be made
 * only once. `vms` are those it is given for, each with the vault of its backups where that is known. `then` is what
 * follows in the plan, which decides how long the wait is.
 */
export type GrantPart = PartBase & {
  readonly does: 'grant-key-vault-access';
  readonly keyVault: { readonly id: string; readonly name: string };
  readonly vms: readonly GrantedVm[];
  readonly principalId: string;
  readonly missing: GrantNeed['missing'];
  readonly then: 'protect' | 'back-up' | 'nothing';
  readonly by:
    | { readonly model: 'policies'; readonly entry: AccessPolicy }
    | { readonly model: 'roles'; readonly roleId: string; readonly roleName: string; readonly assignment: string };
};

/** A VM that a grant is given for. */
export type GrantedVm = PlannedVm & { readonly vaultName: string | null };

/** For whom a grant is planned, what follows it, and its id in the plan. */
export type GrantFor = Pick<GrantPart, 'vms' | 'then' | 'id'>;

/** The part that meets one need; null where the grant is not offered. Pure. */
export function planGrant(need: GrantNeed, { vms, then, id }: GrantFor): GrantPart | null {
  if (!need.offered) return null;
  const base = {
    id,
    after: [],
    does: 'grant-key-vault-access' as const,
    keyVault: { id: need.keyVaultId, name: need.keyVaultName },
    vms,
    principalId: need.principalId,
    missing: need.missing,
    then,
  };
  if (need.model === 'policies') return need.entry ? { ...base, by: { model: 'policies', entry: need.entry } } : null;
  if (!need.role) return null;
  const assignment = assignmentName(need.keyVaultId, need.principalId, need.role.id);
  return { ...base, by: { model: 'roles', roleId: need.role.id, roleName: need.role.name, assignment } };
}

/** The GUID of a role assignment: the same for the same scope, principal and role, whatever their case. */
export function assignmentName(scope: string, principalId: string, roleId: string): string {
  const role = roleId.split('/').pop() ?? roleId;
  return stableUuid(`${scope}|${principalId}|${role}`.toLowerCase());
}
