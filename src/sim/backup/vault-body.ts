import type { JsonBody } from '../json.ts';
import type { VaultSpec } from '../state/state-backup.ts';
import { guidOf } from '../invented.ts';
import { vaultId } from '../ids.ts';

/**
 * A Recovery Services vault as this api-version returns it: hardly any property in 2021, all its settings from 2024 on.
 */
export function vaultBody(vault: VaultSpec, version: string): JsonBody {
  return {
    location: vault.location,
    name: vault.name,
    etag: `W/"datetime'${vault.changed.replaceAll(':', '%3A')}'"`,
    ...(Object.keys(vault.tags).length > 0 ? { tags: vault.tags } : {}),
    properties: {
      provisioningState: vault.provisioning,
      ...moveDetails(vault),
      privateEndpointStateForBackup: 'None',
      privateEndpointStateForSiteRecovery: 'None',
      ...(version >= '2023-01-01' ? settings(vault, version) : {}),
    },
    id: vaultId(vault),
    type: vault.moved ? 'microsoft.recoveryservices/vaults' : 'Microsoft.RecoveryServices/vaults',
    sku: vault.sku,
    ...identityOf(vault),
  };
}

/** The form of both kinds together: azure-rest-api-specs, `IdentityData`. */
function identityOf({ identity, userIdentities = [] }: VaultSpec): JsonBody {
  if (!identity && userIdentities.length === 0) return {};
  const types = [...(identity ? ['SystemAssigned'] : []), ...(userIdentities.length > 0 ? ['UserAssigned'] : [])];
  const own = userIdentities.map((id) => [id, { principalId: guidOf(`principal ${id}`), clientId: guidOf(id) }]);
  return {
    identity: {
      ...identity,
      type: types.join(', '),
      ...(own.length > 0 ? { userAssignedIdentities: Object.fromEntries(own) as JsonBody } : {}),
    },
  };
}

function moveDetails(vault: VaultSpec): JsonBody {
  if (!vault.moved) return {};
  return {
    moveDetails: {
      operationId: vault.moved.operationId,
      startTimeUtc: vault.moved.start,
      completionTimeUtc: vault.moved.end,
      sourceResourceId: vault.moved.from,
      targetResourceId: vaultId(vault),
    },
    moveState: 'MoveSucceeded',
  };
}

function settings(vault: VaultSpec, version: string): JsonBody {
  const fresh = vault.provisioning === 'Provisioning';
  return {
    ...(fresh ? {} : { backupStorageVersion: 'V1' }),
    securitySettings: {
      ...(fresh ? {} : { immutabilitySettings: { state: vault.immutability } }),
      softDeleteSettings: {
        softDeleteRetentionPeriodInDays: vault.softDeleteDays,
        softDeleteState: vault.softDelete,
        enhancedSecurityState: vault.enhancedSecurity,
      },
      multiUserAuthorization: fresh ? 'Invalid' : vault.guard ? 'Enabled' : 'Disabled',
      ...(version >= '2025-01-01' ? { sourceScanConfiguration: { state: 'Disabled' } } : {}),
    },
    redundancySettings: { standardTierStorageRedundancy: vault.redundancy, crossRegionRestore: 'Disabled' },
    secureScore: vault.softDelete === 'AlwaysON' ? 'Adequate' : 'Minimum',
    bcdrSecurityLevel: vault.softDelete === 'AlwaysON' ? 'Good' : 'Fair',
    publicNetworkAccess: 'Enabled',
    restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: 'Enabled' } },
  };
}

/** GET and PATCH `backupconfig/vaultconfig`. */
export function vaultConfigBody(vault: VaultSpec, version: string): JsonBody {
  return {
    id: `${vaultId(vault)}/backupconfig/vaultconfig`,
    name: 'vaultconfig',
    type: 'Microsoft.RecoveryServices/vaults/backupconfig',
    properties: {
      enhancedSecurityState: vault.enhancedSecurity,
      softDeleteFeatureState: vault.softDelete,
      ...(version >= '2023-01-01' ? { softDeleteRetentionPeriodInDays: vault.softDeleteDays } : {}),
      isSoftDeleteFeatureStateEditable: vault.softDelete !== 'AlwaysON',
    },
  };
}

/** GET `backupstorageconfig/vaultstorageconfig`: redundancy can't be changed once something is protected. */
export function storageConfigBody(vault: VaultSpec, locked: boolean): JsonBody {
  return {
    id: `${vaultId(vault)}/backupstorageconfig/vaultstorageconfig`,
    name: 'vaultstorageconfig',
    type: 'Microsoft.RecoveryServices/vaults/backupstorageconfig',
    properties: {
      storageModelType: vault.redundancy,
      storageType: vault.redundancy,
      storageTypeState: locked ? 'Locked' : 'Unlocked',
    },
  };
}

/** GET `backupEncryptionConfigs/backupResourceEncryptionConfig` of a vault with platform keys. */
export function encryptionConfigBody(vault: VaultSpec): JsonBody {
  return {
    id: `${vaultId(vault)}/backupEncryptionConfigs/backupResourceEncryptionConfig`,
    name: 'backupResourceEncryptionConfig',
    type: 'Microsoft.RecoveryServices/vaults/backupEncryptionConfigs',
    properties: {
      useSystemAssignedIdentity: true,
      encryptionAtRestType: 'MicrosoftManaged',
      lastUpdateStatus: 'NotEnabled',
      infrastructureEncryptionState: 'Disabled',
    },
  };
}
