import type { JsonBody } from '../json.ts';
import type { SimState } from '../state/state.ts';
import type { DenyAssignmentSpec, LockSpec, RoleAssignmentSpec, RoleSpec } from '../state/state-access.ts';

const AUTH = 'providers/Microsoft.Authorization';

/** A role assignment as Azure returns it. The role's ID is written below the scope's subscription. */
export function assignmentBody(assignment: RoleAssignmentSpec): JsonBody {
  return {
    id: `${assignment.scope}/${AUTH}/roleAssignments/${assignment.name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name: assignment.name,
    properties: {
      roleDefinitionId: `${subscriptionOf(assignment.scope)}/${AUTH}/roleDefinitions/${assignment.roleId}`,
      principalId: assignment.principalId,
      principalType: assignment.principalType,
      scope: assignment.scope,
      condition: assignment.condition ?? null,
      conditionVersion: assignment.condition ? '2.0' : null,
      createdOn: assignment.created,
      updatedOn: assignment.created,
      createdBy: '',
      updatedBy: '',
      delegatedManagedIdentityResourceId: null,
      description: assignment.description ?? null,
    },
  };
}

/** A role definition as Azure returns it. */
export function roleBody(role: RoleSpec, state: SimState): JsonBody {
  const scopes = role.custom ? state.subscriptions.map((one) => `/subscriptions/${one.id}`) : ['/'];
  return {
    id: `/subscriptions/${state.subscriptions[0]?.id ?? ''}/${AUTH}/roleDefinitions/${role.id}`,
    type: 'Microsoft.Authorization/roleDefinitions',
    name: role.id,
    properties: {
      roleName: role.name,
      type: role.custom ? 'CustomRole' : 'BuiltInRole',
      description: role.description,
      assignableScopes: scopes,
      permissions: [role.permissions],
      createdOn: '2025-08-20T10:00:00.0000000Z',
      updatedOn: '2025-08-20T10:00:00.0000000Z',
      createdBy: null,
      updatedBy: null,
    },
  };
}

/** A deny assignment as Azure returns it. */
export function denialBody(denial: DenyAssignmentSpec): JsonBody {
  return {
    id: `${denial.scope}/${AUTH}/denyAssignments/${denial.id}`,
    type: 'Microsoft.Authorization/denyAssignments',
    name: denial.id,
    properties: {
      denyAssignmentName: denial.name,
      description: '',
      permissions: [denial.permissions],
      scope: denial.scope,
      doNotApplyToChildScopes: false,
      principals: denial.principals.map((one) => ({ id: one.id, type: one.type })),
      excludePrincipals: denial.excluded.map((one) => ({ id: one.id, type: one.type })),
      isSystemProtected: true,
    },
  };
}

/** A lock as Azure returns it. */
export function lockBody(lock: LockSpec): JsonBody {
  return {
    id: `${lock.scope}/${AUTH}/locks/${lock.name}`,
    type: 'Microsoft.Authorization/locks',
    name: lock.name,
    properties: { level: lock.level, ...(lock.notes ? { notes: lock.notes } : {}) },
  };
}

function subscriptionOf(scope: string): string {
  return /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? '';
}
