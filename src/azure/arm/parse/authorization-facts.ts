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
    principalType: wordOrNull(assignment.principalType),
    condition: wordOrNull(assignment.condition),
  };
}

/** A role's permissions, with its display name. */
export function roleDefinitionOf(definition: WireDefinition): RoleDefinition {
  return {
    id: required(definition.id, 'id'),
    name: wordOrNull(definition.roleName) ?? required(definition.name, 'name'),
    permissions: listOf(definition.permissions).map(rightsOf),
  };
}

/**
 * The same from the raw response: the SDK doesn't know that a block of a role may have a condition, as that of `Key
 * Vault Data Access Administrator` has.
 */
export function roleDefinitionRead(answer: Readonly<Record<string, unknown>>): RoleDefinition {
  const properties = partOf(answer['properties']);
  const permissions = Array.isArray(properties['permissions']) ? properties['permissions'].map(partOf) : [];
  return {
    id: required(answer['id'], 'id'),
    name: wordOrNull(properties['roleName']) ?? required(answer['name'], 'name'),
    permissions: permissions.map((block) => ({
      actions: wordsOf(block['actions']),
      notActions: wordsOf(block['notActions']),
      dataActions: wordsOf(block['dataActions']),
      notDataActions: wordsOf(block['notDataActions']),
      condition: wordOrNull(block['condition']),
    })),
  };
}

function partOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((word) => wordOrNull(word) ?? []) : [];
}

// Every principal of the directory, as Azure writes it in deny assignments.
const everyone = '00000000-0000-0000-0000-000000000000';

/** A deny assignment. There, "everyone" is a principal type of its own. */
export function denyAssignmentOf(denial: WireDeny): DenyAssignment {
  const principals = listOf(denial.principals);
  return {
    id: required(denial.id, 'id'),
    name: wordOrNull(denial.denyAssignmentName) ?? wordOrNull(denial.name) ?? '',
    permissions: listOf(denial.permissions).map(rightsOf),
    principals: principals.flatMap(({ id }) => wordOrNull(id) ?? []),
    everyone: principals.some(({ id, type }) => id === everyone || type === 'Everyone'),
    excluded: listOf(denial.excludePrincipals).flatMap(({ id }) => wordOrNull(id) ?? []),
    excludesGroups: listOf(denial.excludePrincipals).some(({ type }) => !/^(User|ServicePrincipal)$/i.test(type ?? '')),
    scope: wordOrNull(denial.scope) ?? '/',
    childScopes: denial.doNotApplyToChildScopes !== true,
  };
}

/** Which actions the caller has. */
export function permissionsOf(permissions: readonly Permission[]): Permissions {
  return permissions.map(blockOf);
}

function rightsOf(permission: Permission): RoleDefinition['permissions'][number] {
  return { ...blockOf(permission), condition: null };
}

function blockOf({ actions, notActions, dataActions, notDataActions }: Permission) {
  return {
    actions: listOf(actions),
    notActions: listOf(notActions),
    dataActions: listOf(dataActions),
    notDataActions: listOf(notDataActions),
  };
}
