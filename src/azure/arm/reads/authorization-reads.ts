import type { ManagementLockObject } from '@azure/arm-locks';
import type { AzureReads, Lock } from '../../gateway.ts';
import { keyOfId } from '../../../core/arm-id.ts';
import type { ArmClients } from '../transport/arm-clients.ts';
import { everyPage } from './every-page.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import {
  denyAssignmentOf,
  roleAssignmentOf,
  roleDefinitionOf,
  roleDefinitionRead,
} from '../parse/authorization-facts.ts';
import { required } from '../parse/azure-values.ts';
import type { PlainReads } from './plain-reads.ts';

type AuthorizationReads = Pick<
  AzureReads,
  | 'roleAssignments'
  | 'roleAssignmentsIn'
  | 'roleDefinition'
  | 'roleDefinitionsNamed'
  | 'denyAssignments'
  | 'denyAssignmentsIn'
  | 'locks'
  | 'locksIn'
>;

/** Finds the clients for a scope, which needn't be in a subscription. */
export type ClientsAt = (scope: string) => ArmClients;

/** A scope as these SDKs need it: they put a slash before it themselves, and a double one would be sent. */
export function bare(scope: string): string {
  return scope.replace(/^\/+|\/+$/g, '');
}

/** The api-version that returns a role's own conditions; the SDK has an older one. */
const definitionVersion = '2022-05-01-preview';

/** Reads of roles, deny assignments and locks. */
export function authorizationReads(clients: ClientsAt, arm: PlainReads, ask: Ask): AuthorizationReads {
  return {
    ...obstacleReads(clients, ask),
    ...subscriptionReads(clients, ask),

    roleAssignments: (scope, principalId) =>
      ask(
        { name: 'roleAssignments', doing: `listing the roles of ${principalId ?? 'everybody'} at ${scope}` },
        async () => {
          const { roleAssignments } = clients(scope).authorization();
          const filter = principalId === null ? 'atScope()' : `atScope() and assignedTo('${principalId}')`;
          const all = await everyPage((options) => roleAssignments.listForScope(bare(scope), { ...options, filter }));
          return all.map(roleAssignmentOf);
        },
      ),

    roleDefinition: (id) =>
      ask({ name: 'roleDefinition', doing: `reading role ${id}` }, async () => {
        const path = bare(id).split('/').map(encodeURIComponent).join('/');
        const definition = await orNull(arm(`/${path}?api-version=${definitionVersion}`));
        return definition && roleDefinitionRead(definition);
      }),

    roleDefinitionsNamed: (scope, roleName) =>
      ask({ name: 'roleDefinitionsNamed', doing: `looking for role ${roleName} at ${scope}` }, async () => {
        const { roleDefinitions } = clients(scope).authorization();
        const filter = `roleName eq '${roleName.replaceAll("'", "''")}'`;
        const all = await everyPage((options) => roleDefinitions.list(bare(scope), { ...options, filter }));
        return all.map(roleDefinitionOf);
      }),
  };
}

/**
 * Everything that applies to a principal in one subscription, in one list each. A filter by principal lists what is at,
 * above and below the scope, and `assignedTo` includes nested groups; without `atScope()` nothing below is left out.
 * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest and deny-assignments
 */
function subscriptionReads(
  clients: ClientsAt,
  ask: Ask,
): Pick<AuthorizationReads, 'roleAssignmentsIn' | 'denyAssignmentsIn'> {
  return {
    roleAssignmentsIn: (subscription, principalId) =>
      ask({ name: 'roleAssignmentsIn', doing: `listing the roles of ${principalId} in ${subscription}` }, async () => {
        const scope = `/subscriptions/${subscription}`;
        const { roleAssignments } = clients(scope).authorization();
        const filter = `assignedTo('${principalId}')`;
        const all = await everyPage((options) => roleAssignments.listForScope(bare(scope), { ...options, filter }));
        return all.map(roleAssignmentOf);
      }),

    denyAssignmentsIn: (subscription, principalId) =>
      ask({ name: 'denyAssignmentsIn', doing: `listing the denials in ${subscription}` }, async () => {
        const scope = `/subscriptions/${subscription}`;
        const { denyAssignments } = clients(scope).authorization();
        const filter = principalId === null ? {} : { filter: `assignedTo('${principalId}')` };
        const all = await everyPage((options) => denyAssignments.listForScope(bare(scope), { ...options, ...filter }));
        return all.map(denyAssignmentOf);
      }),
  };
}

function obstacleReads(
  clients: ClientsAt,
  ask: Ask,
): Pick<AuthorizationReads, 'denyAssignments' | 'locks' | 'locksIn'> {
  return {
    denyAssignments: (scope) =>
      ask({ name: 'denyAssignments', doing: `listing the denials at ${scope}` }, async () => {
        const { denyAssignments } = clients(scope).authorization();
        const filter = 'atScope()';
        const all = await everyPage((options) => denyAssignments.listForScope(bare(scope), { ...options, filter }));
        const reaching = all.filter((denial) =>
          denial.doNotApplyToChildScopes ? sameScope(denial.scope, scope) : covers(denial.scope, scope),
        );
        return reaching.map(denyAssignmentOf);
      }),

    locks: (scope) =>
      ask({ name: 'locks', doing: `listing the locks at ${scope}` }, async () => {
        const { managementLocks } = clients(scope).locks();
        const filter = 'atScope()';
        const all = await everyPage((options) => managementLocks.listByScope(bare(scope), { ...options, filter }));
        return all
          .map(lockOf)
          .filter(({ id }) => covers(id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, ''), scope));
      }),

    // Without a filter a subscription's list has the locks of its groups and resources too.
    locksIn: (subscription) =>
      ask({ name: 'locksIn', doing: `listing the locks of subscription ${subscription}` }, async () => {
        const { managementLocks } = clients(`/subscriptions/${subscription}`).locks();
        return (await everyPage((options) => managementLocks.listAtSubscriptionLevel(options))).map(lockOf);
      }),
  };
}

function lockOf({ id, name, level }: ManagementLockObject): Lock {
  return { id: required(id, 'id'), name: required(name, 'name'), level: String(level) };
}

// The filter should exclude what is below, but not every provider respects it, and a sibling's lock isn't this one's.
function covers(outer: string | undefined, inner: string): boolean {
  const prefix = keyOfId(outer ?? '/');
  return prefix === '/' || prefix === '' || `${keyOfId(inner)}/`.startsWith(`${prefix}/`);
}

function sameScope(a: string | undefined, b: string): boolean {
  return keyOfId(a ?? '/') === keyOfId(b);
}
