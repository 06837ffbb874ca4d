import type { AzureReads, RoleAssignment, RoleDefinition } from '../../azure/gateway.ts';
import { allowsAction } from '../../core/action-match.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { tried } from '../../readiness/gather/reader.ts';

/** What it takes to know who has which role. */
export type RoleReads = Pick<AzureReads, 'roleAssignments' | 'roleDefinition'>;

const givingRoles = 'Microsoft.Authorization/roleAssignments/write';

/**
 * The IDs of people and groups who can assign any role at a scope, as its owners can; null: that couldn't be read.
 * Those who can assign only some roles, under a condition, aren't included, nor are applications.
 */
export async function roleGiversAt(reads: RoleReads, scope: string): Promise<readonly string[] | null> {
  const given = await tried(() => reads.roleAssignments(scope, null));
  const roles = given.ok ? await tried(() => rolesOf(reads, scope, given.value)) : null;
  if (!given.ok || !roles?.ok || roles.value === null) return null;
  const permissionsOf = (one: RoleAssignment) => roles.value?.get(guidOf(one))?.permissions ?? [];
  const isFree = ({ condition, principalType }: RoleAssignment) =>
    condition === null && !/^ServicePrincipal$/i.test(principalType ?? '');
  const givers = given.value.filter((one) => isFree(one) && allowsAction(permissionsOf(one), givingRoles));
  return [...new Set(givers.map(({ principalId }) => principalId.toLowerCase()))].toSorted(order);
}

/** Each role, read in the subscription: the identity can read nothing above that. Null: one couldn't be read. */
export async function rolesOf(reads: RoleReads, scope: string, given: readonly RoleAssignment[]) {
  const [subscription = ''] = /^\/subscriptions\/[^/]+/i.exec(scope) ?? [];
  const below = `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
  const guids = [...new Set(given.map(guidOf))];
  const read = await Promise.all(
    guids.map(async (guid) => [guid, await reads.roleDefinition(`${below}/${guid}`)] as const),
  );
  const roles = read.flatMap(([guid, role]) => (role ? [[guid, role] as const] : []));
  return roles.length < guids.length ? null : new Map<string, RoleDefinition>(roles);
}

/** A stable order, so that the same readers give the same plan. */
export function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The last part of a role's ID, which is the same in every subscription. */
export function guidOf({ roleDefinitionId }: RoleAssignment): string {
  return keyOfId(roleDefinitionId).split('/').pop() ?? '';
}
