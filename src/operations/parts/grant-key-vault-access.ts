import { z } from 'zod';
import { sameId } from '../../core/arm-id.ts';
import { stableUuid } from '../../core/stable-uuid.ts';
import { namesApart } from '../../core/vm-target.ts';
import type { Ask } from '../../people/rights.ts';
import type { GrantNeed } from '../../readiness/findings/assessment.ts';
import { minute, second } from '../ground/durations.ts';
import { partBase, plannedVm } from '../ground/part.ts';
import { targetOf, vmTarget } from '../ground/targets.ts';

const accessPolicy = z
  .object({
    tenantId: z.string(),
    objectId: z.string(),
    applicationId: z.string().nullable(),
    keys: z.array(z.string()).readonly(),
    secrets: z.array(z.string()).readonly(),
    certificates: z.array(z.string()).readonly(),
    storage: z.array(z.string()).readonly(),
  })
  .readonly();

const grantedVm = z.object({ ...plannedVm.unwrap().shape, vaultName: z.string().nullable() }).readonly();
/** A VM that a grant is for. `vaultName` is the vault of its backups, if known. */
export type GrantedVm = z.infer<typeof grantedVm>;

/**
 * Giving Azure Backup access to one key vault: by one entry in its access policies with the existing and the needed
 * permissions, or by one role assignment whose name is computed from scope, principal and role, so that it can be
 * created only once. `vms` are those it is given for, `frees` the names of others whose keys are in the same key vault.
 * `then` is what follows in the plan, which decides how long the wait is.
 */
export const grantPart = z
  .object({
    ...partBase,
    does: z.literal('grant-key-vault-access'),
    keyVault: z.object({ id: z.string(), name: z.string() }).readonly(),
    vms: z.array(grantedVm).readonly(),
    frees: z.array(z.string()).readonly().optional(),
    principalId: z.string(),
    missing: z
      .object({
        keys: z.array(z.string()).readonly(),
        secrets: z.array(z.string()).readonly(),
        dataActions: z.array(z.string()).readonly(),
      })
      .readonly(),
    then: z.enum(['protect', 'back-up', 'nothing']),
    by: z.discriminatedUnion('model', [
      z.object({ model: z.literal('policies'), entry: accessPolicy }).readonly(),
      z
        .object({ model: z.literal('roles'), roleId: z.string(), roleName: z.string(), assignment: z.string() })
        .readonly(),
    ]),
  })
  .readonly();
export type GrantPart = z.infer<typeof grantPart>;

/** What its stages hand over. Times are ISO. */
export const grantMemo = z
  .object({
    /** How often somebody else's write came first. */
    tries: z.number().optional(),
    /** Somebody else has given the access meanwhile. */
    adopted: z.literal(true).optional(),
    since: z.string().optional(),
    until: z.string().optional(),
  })
  .readonly();

/** The types of `grant-key-vault-access`. */
export type Grant = {
  readonly part: GrantPart;
  readonly memo: z.infer<typeof grantMemo>;
  readonly waits: typeof grantWaits;
};

/** The VMs that a grant is planned for, what follows it, and its ID in the plan. */
type GrantFor = Pick<GrantPart, 'vms' | 'then' | 'id'>;

/** The part that meets one need; null if the grant isn't offered. Pure. */
export function planGrant(need: GrantNeed, { vms, then, id }: GrantFor): GrantPart | null {
  if (!need.offered) return null;
  const base = {
    id,
    after: [],
    does: 'grant-key-vault-access' as const,
    keyVault: { id: need.keyVaultId, name: need.keyVaultName },
    vms,
    frees: namesApart(
      (need.freesAlso ?? []).filter((other) => !vms.some((vm) => sameId(vm.id, other))),
      vms.map(({ name }) => name),
    ),
    principalId: need.principalId,
    missing: need.missing,
    then,
  };
  if (need.model === 'policies') return need.entry ? { ...base, by: { model: 'policies', entry: need.entry } } : null;
  if (!need.role) return null;
  const assignment = assignmentName(need.keyVaultId, need.principalId, need.role.id);
  return { ...base, by: { model: 'roles', roleId: need.role.id, roleName: need.role.name, assignment } };
}

/** The GUID of a role assignment: the same for the same scope, principal and role, ignoring case. */
function assignmentName(scope: string, principalId: string, roleId: string): string {
  const role = roleId.split('/').pop() ?? roleId;
  return stableUuid(`${scope}|${principalId}|${role}`.toLowerCase());
}

/** How long a grant waits for Azure, in milliseconds. */
export const grantWaits = {
  /** Between two looks at the key vault, and how long the grant may take to appear there. */
  grantLook: 5 * second,
  grantShows: 2 * minute,
  /**
   * When visible access is tried where an attempt costs nothing, and when it is assumed to be in effect: by access
   * policy, by role.
   */
  policyProbe: 30 * second,
  policyInForce: 3 * minute,
  roleProbe: 2 * minute,
  roleInForce: 10 * minute,
};

/** The permissions needed in Azure on the key vault, by how that gives access. */
const azureActions = {
  policies: ['Microsoft.KeyVault/vaults/accessPolicies/write'],
  roles: ['Microsoft.Authorization/roleAssignments/write'],
} as const;

/** The right to grant access to a key vault, for each VM that it is granted for. */
export function grantAsks({ does, keyVault, vms, by }: GrantPart): readonly Ask[] {
  const azure = [{ scope: keyVault.id, actions: azureActions[by.model] }];
  const also = [{ ...targetOf(keyVault.id), keyVault: keyVault.name }];
  return vms.map((vm) => ({
    operation: does,
    target: { ...vmTarget(vm), vault: vm.vaultName, keyVault: keyVault.name },
    also,
    azure,
  }));
}
