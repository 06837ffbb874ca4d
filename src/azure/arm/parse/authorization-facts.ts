import type {
  DenyAssignment as WireDeny,
  Permission,
  RoleAssignment as WireAssignment,
  RoleDefinition as WireDefinition,
} from '@azure/arm-authorization';
import type { DenyAssignment, Permissions, RoleAssignment, RoleDefinition } from '../../facts.ts';
import { listOf, required, wordOrNull } from './azure-values.ts';

/** A role given to a principal. */
export function roleAssignmentOf(assignment: WireAssignment): RoleAssignment {
  return {
    id: required(assignment.id, 'id'),
    scope: required(assignment.scope, 'scope'),
    roleDefinitionId: required(assignment.roleDefinitionId, 'roleDefinitionId'),
    principalId: required(assignment.principalId, 'principalId'),
    condition: wordOrNull(assignment.condition),
  };
}

/** What a role allows, with the name that people know it by. */
export function roleDefinitionOf(definition: WireDefinition): RoleDefinition {
  return {
    id: required(definition.id, 'id'),
    name: wordOrNull(definition.roleName) ?? required(definition.name, 'name'),
    permissions: listOf(definition.permissions).map(rightsOf),
  };
}

// Every principal of the directory, as Azure writes it in denials.
const everyone = '00000000-0000-0000-0000-000000000000';

/** A denial. Everyone is a principal of its own kind there. */
export function denyAssignmentOf(denial: WireDeny): DenyAssignment {
  const principals = listOf(denial.principals);
  return {
    id: required(denial.id, 'id'),
    name: wordOrNull(denial.denyAssignmentName) ?? wordOrNull(denial.name) ?? '',
    permissions: listOf(denial.permissions).map(rightsOf),
    principals: principals.flatMap(({ id }) => wordOrNull(id) ?? []),
    everyone: principals.some(({ id, type }) => id === everyone || type === 'Everyone'),
    excluded: listOf(denial.excludePrincipals).flatMap(({ id }) => wordOrNull(id) ?? []),
  };
}

/** Which actions the caller has. */
export function permissionsOf(permissions: readonly Permission[]): Permissions {
  return permissions.map(({ actions, notActions }) => ({ actions: listOf(actions), notActions: listOf(notActions) }));
}

function rightsOf(permission: Permission): RoleDefinition['permissions'][number] {
  return {
    actions: listOf(permission.actions),
    notActions: listOf(permission.notActions),
    dataActions: listOf(permission.dataActions),
    notDataActions: listOf(permission.notDataActions),
  };
}
