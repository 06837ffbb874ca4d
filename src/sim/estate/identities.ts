import type { RoleAssignmentSpec } from '../state/state-access.ts';
import type { SimState } from '../state/state.ts';
import { readIdentities, type ScopeKind } from '../access/role-files.ts';
import { IDENTITIES } from '../http/call.ts';
import { keyVaultId } from '../ids.ts';
import { ROLE, SUBSCRIPTION } from './known.ts';
import { BACKUP_OBJECT_ID } from '../backup-app.ts';
import { guidOf } from '../invented.ts';
import { NETWORK_GROUP } from './networks.ts';
import { roleIdOf } from './roles.ts';

/** Assigns the roles of `manifest/azure/identities.json` to the product's identities, at the estate's own scopes. */
export function identityAssignments(state: SimState): RoleAssignmentSpec[] {
  return Object.entries(readIdentities()).flatMap(([identity, given]) =>
    given.flatMap(({ role, scopes, condition }) =>
      scopes
        .flatMap((kind) => scopesOf(state, kind))
        .map((scope) => {
          const principalId = Object.hasOwn(IDENTITIES, identity)
            ? IDENTITIES[identity as keyof typeof IDENTITIES]
            : '';
          return {
            name: guidOf(`${identity} ${role} ${scope}`),
            scope,
            roleId: roleIdOf(role),
            principalId,
            principalType: 'ServicePrincipal' as const,
            created: '2025-09-01T09:00:00.0000000Z',
            ...(condition ? { condition: filled(condition) } : {}),
          };
        }),
    ),
  );
}

/** Where roles for this kind of scope are assigned in an estate. */
export function scopesOf(state: SimState, kind: ScopeKind): string[] {
  const subscription = `/subscriptions/${SUBSCRIPTION}`;
  switch (kind) {
    case 'subscription':
      return [subscription];
    case 'vaultGroup':
      return [`${subscription}/resourceGroups/rg-backup`];
    case 'vmGroups':
      return [...new Set(state.vms.map((vm) => `${subscription}/resourceGroups/${vm.resourceGroup}`))];
    case 'keyVaultGroup':
      return [`${subscription}/resourceGroups/rg-security`];
    case 'keyVaults':
      return state.keyVaults.filter((vault) => !vault.rbac).map(keyVaultId);
    case 'stagingGroup':
      return [`${subscription}/resourceGroups/rg-staging`];
    case 'restoreGroup':
      // The second region has no group of its own for restores.
      return ['rg-restore', 'rg-neu'].map((name) => `${subscription}/resourceGroups/${name}`);
    case 'drillGroup':
      return [`${subscription}/resourceGroups/rg-drills`];
    case 'networkGroup':
      return [`${subscription}/resourceGroups/${NETWORK_GROUP}`];
  }
}

function filled(condition: string): string {
  return condition
    .replace('<role id of backup-key-reader>', ROLE.backupKeyReader)
    .replace('<object id of Backup Management Service>', BACKUP_OBJECT_ID);
}
