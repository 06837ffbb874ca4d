import type { AccessPolicyEntry } from '@azure/arm-keyvault';
import type { AccessPolicy, GrantWrites } from '../../gateway.ts';
import { bare, type ClientsAt } from '../reads/authorization-reads.ts';
import type { Ask } from '../transport/observed-call.ts';
import { subject } from '../parse/azure-values.ts';
import { sentWrite } from './sent-write.ts';

/** Writes of the second identity. Both only add: no call here replaces or removes what others granted. */
export function grantWrites(clients: ClientsAt, ask: Ask): Omit<GrantWrites, 'permissions'> {
  return {
    addAccessPolicy: (keyVaultId, policy, attempt) =>
      ask({ name: 'addAccessPolicy', doing: `adding an access policy to ${keyVaultId}` }, async () => {
        const { resourceGroup, name } = subject(keyVaultId);
        const sent = sentWrite(attempt);
        const body = { properties: { accessPolicies: [entryOf(policy)] } };
        const { vaults } = clients(keyVaultId).keyVault();
        await vaults.updateAccessPolicy(resourceGroup, name, 'add', body, sent.options);
        return sent.receipt();
      }),

    assignRole: ({ scope, name, roleDefinitionId, principalId, description }, attempt) =>
      ask({ name: 'assignRole', doing: `giving a role at ${scope}` }, async () => {
        const sent = sentWrite(attempt);
        // Named as a service principal, so that Azure doesn't refuse one that its directory doesn't show everywhere
        // yet.
        const body = { roleDefinitionId, principalId, description, principalType: 'ServicePrincipal' };
        const { roleAssignments } = clients(scope).authorization();
        await roleAssignments.create(bare(scope), name, body, sent.options);
        return sent.receipt();
      }),
  };
}

function entryOf(policy: AccessPolicy): AccessPolicyEntry {
  const { tenantId, objectId, applicationId, keys, secrets, certificates, storage } = policy;
  return {
    tenantId,
    objectId,
    ...(applicationId === null ? {} : { applicationId }),
    permissions: { keys: [...keys], secrets: [...secrets], certificates: [...certificates], storage: [...storage] },
  };
}
