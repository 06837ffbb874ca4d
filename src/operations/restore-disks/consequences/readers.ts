import { AzureFault } from '../../../azure/faults.ts';
import type { AzureReads, RoleAssignment, RoleDefinition } from '../../../azure/gateway.ts';
import { allowsAction } from '../../../core/action-match.ts';
import { keyOfId } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Reader } from '../plan.ts';

const seeing = 'Microsoft.Compute/disks/read';
const exporting = 'Microsoft.Compute/disks/beginGetAccess/action';

const givingRoles = 'Microsoft.Authorization/roleAssignments/write';

type Reads = Pick<AzureReads, 'roleAssignments' | 'roleDefinition'>;

/**
 * Who has a role that reads the disks of a resource group, given there or above it; null: that could not be read. A
 * condition or a denial that takes it away again is not counted, so it may be fewer, and who is in a group is not told.
 */
export async function readersOf(reads: Reads, group: string): Promise<readonly Reader[] | null> {
  try {
    const given = await reads.roleAssignments(group, null);
    const roles = await rolesOf(reads, group, given);
    return roles && readersAmong(given, roles);
  } catch (error) {
    // What passes by itself is for the dialog to try again.
    if (error instanceof AzureFault && (error.kind === 'forbidden' || error.kind === 'missing')) return null;
    throw error;
  }
}

/**
 * The ids of people and groups who can give any role at a scope, as its owners can; null: that could not be read. Who
 * may give some roles only, by a condition, is none of them, and nor is an application.
 */
export async function roleGiversAt(reads: Reads, scope: string): Promise<readonly string[] | null> {
  const given = await tried(() => reads.roleAssignments(scope, null));
  const roles = given.ok ? await tried(() => rolesOf(reads, scope, given.value)) : null;
  if (!given.ok || !roles?.ok || roles.value === null) return null;
  const permissionsOf = (one: RoleAssignment) => roles.value?.get(guidOf(one))?.permissions ?? [];
  const isFree = ({ condition, principalType }: RoleAssignment) =>
    condition === null && !/^ServicePrincipal$/i.test(principalType ?? '');
  const givers = given.value.filter((one) => isFree(one) && allowsAction(permissionsOf(one), givingRoles));
  return [...new Set(givers.map(({ principalId }) => principalId.toLowerCase()))].toSorted(order);
}

/** Each role, read in the subscription: above that the identity may read nothing. Null: one could not be read. */
async function rolesOf(reads: Reads, scope: string, given: readonly RoleAssignment[]) {
  const [subscription = ''] = /^\/subscriptions\/[^/]+/i.exec(scope) ?? [];
  const below = `${subscription}/providers/Microsoft.Authorization/roleDefinitions`;
  const guids = [...new Set(given.map(guidOf))];
  const read = await Promise.all(
    guids.map(async (guid) => [guid, await reads.roleDefinition(`${below}/${guid}`)] as const),
  );
  const roles = read.flatMap(([guid, role]) => (role ? [[guid, role] as const] : []));
  return roles.length < guids.length ? null : new Map<string, RoleDefinition>(roles);
}

/** Each once, with every role that lets them; who can also export the contents comes first. */
function readersAmong(given: readonly RoleAssignment[], roles: ReadonlyMap<string, RoleDefinition>): readonly Reader[] {
  const all = new Map<string, Reader>();
  for (const assignment of given) {
    const { permissions = [], name = '' } = roles.get(guidOf(assignment)) ?? {};
    const exports = allowsAction(permissions, exporting);
    if (!exports && !allowsAction(permissions, seeing)) continue;
    const { principalId, principalType: kind, scope } = assignment;
    const id = principalId.toLowerCase();
    const before = all.get(id);
    const role = { role: name, scope };
    all.set(id, {
      id,
      kind,
      exports: exports || before?.exports === true,
      roles: [...(before?.roles ?? []), role].toSorted((a, b) => order(`${a.role} ${a.scope}`, `${b.role} ${b.scope}`)),
    });
  }
  return [...all.values()].toSorted((a, b) => Number(b.exports) - Number(a.exports) || order(a.id, b.id));
}

/** The same order each time, so that the same readers make the same plan. */
function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function guidOf({ roleDefinitionId }: RoleAssignment): string {
  return keyOfId(roleDefinitionId).split('/').pop() ?? '';
}
