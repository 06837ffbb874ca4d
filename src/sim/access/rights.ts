import type { Call } from '../http/call.ts';
import type { DenyAssignmentSpec, RoleAssignmentSpec, RoleSpec } from '../state/state-access.ts';
import type { World } from '../state/world.ts';
import { same, within } from '../ids.ts';
import { allows, type Action } from './allows.ts';

/** An action at a scope. */
type Wanted = Action & { scope: string };

/** Whether a principal may do this. `condition`: that of the only assignment that would have allowed it. */
type Verdict = { allowed: boolean; condition?: string };

/**
 * What a principal's roles in force now allow at this scope, memberships of groups included; deny assignments override
 * them.
 */
export function mayDo(world: World, principalId: string, wanted: Wanted): Verdict {
  if (isDenied(world, principalId, wanted)) return { allowed: false };
  let condition: string | undefined;
  for (const { assignment, role } of assignmentsAt(world, principalId, wanted.scope)) {
    if (!allows(role.permissions, wanted)) continue;
    const under = assignment.condition ?? role.permissions.condition;
    if (!under) return { allowed: true };
    condition = under;
  }
  return condition ? { allowed: true, condition } : { allowed: false };
}

/** The same for a call's caller; also notes that the call needed it. */
export function callerMay(call: Call, wanted: Wanted): Verdict {
  const verdict = mayDo(call.world, call.caller?.objectId ?? '', wanted);
  const { action: right, scope, data } = wanted;
  call.needed.push({ by: data ? 'data' : 'action', right, scope, held: verdict.allowed });
  return verdict;
}

/** The assignments in force for a principal at this scope, with their roles. */
export function assignmentsAt(
  world: World,
  principalId: string,
  scope: string,
): { assignment: RoleAssignmentSpec; role: RoleSpec }[] {
  const principals = principalsOf(world, principalId);
  const now = world.now().getTime();
  return world.state.roleAssignments.flatMap((assignment) => {
    if (!principals.has(assignment.principalId.toLowerCase()) || !reaches(world, assignment.scope, scope)) return [];
    if ((assignment.inForceAt ?? 0) > now) return [];
    const role = world.state.roles.find((known) => known.id.toLowerCase() === assignment.roleId.toLowerCase());
    return role ? [{ assignment, role }] : [];
  });
}

/**
 * Whether what is assigned at `outer` applies at `inner`: an ancestor by its ID, or a management group above the
 * subscription.
 */
export function reaches({ state }: World, outer: string, inner: string): boolean {
  if (within(inner, outer)) return true;
  const subscription = state.subscriptions.find(({ id }) => within(inner, `/subscriptions/${id}`));
  return subscription?.managementGroups?.some((group) => same(group, outer)) ?? false;
}

/**
 * Whether the caller may do everything: the owner, until a role assignment names them. Then they have what that gives.
 */
export function mayDoAll({ caller, world }: Call): boolean {
  if (!caller) return true;
  if (caller.name !== 'owner') return false;
  const principals = principalsOf(world, caller.objectId);
  return !world.state.roleAssignments.some(({ principalId }) => principals.has(principalId.toLowerCase()));
}

/** The principal and every group it is in, in lower case. */
export function principalsOf(world: World, principalId: string): Set<string> {
  const found = new Set([principalId.toLowerCase()]);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const group of world.state.directory.groups) {
      if (group.members.some((member) => found.has(member.toLowerCase()))) found.add(group.id.toLowerCase());
    }
  }
  return found;
}

function isDenied(world: World, principalId: string, wanted: Wanted): boolean {
  const principals = principalsOf(world, principalId);
  return world.state.denyAssignments.some(
    (denial) =>
      reaches(world, denial.scope, wanted.scope) && allows(denial.permissions, wanted) && hits(denial, principals),
  );
}

/** All zeros is Azure's "everyone". */
function hits(denial: DenyAssignmentSpec, principals: Set<string>): boolean {
  if (denial.excluded.some((one) => principals.has(one.id.toLowerCase()))) return false;
  return denial.principals.some((one) => /^[0-]+$/.test(one.id) || principals.has(one.id.toLowerCase()));
}
