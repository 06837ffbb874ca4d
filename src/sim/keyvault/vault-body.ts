import type { JsonBody } from '../json.ts';
import type { DeletedKeyVaultSpec, KeyVaultSpec, ObjectVersion, VaultObject } from '../state/state-keyvault.ts';
import { keyVaultId } from '../ids.ts';
import { millis } from '../times.ts';

/** A key vault as its control plane returns it. `enableRbacAuthorization` is absent if it was never set. */
export function keyVaultBody(vault: KeyVaultSpec, tenantId: string): JsonBody {
  const by = { createdBy: 'chris.meier@contoso.example', createdByType: 'User', createdAt: vault.created };
  return {
    id: keyVaultId(vault),
    name: vault.name,
    type: 'Microsoft.KeyVault/vaults',
    location: vault.location,
    tags: vault.tags,
    systemData: {
      ...by,
      lastModifiedBy: by.createdBy,
      lastModifiedByType: 'User',
      lastModifiedAt: vault.created,
    },
    properties: {
      sku: { family: 'A', name: 'standard' },
      tenantId,
      ...(vault.firewall ? { networkAcls: firewallBody(vault.firewall) } : {}),
      accessPolicies: vault.accessPolicies.map(({ before: _before, inForceAt: _at, ...shown }) => shown),
      enabledForDeployment: false,
      enabledForDiskEncryption: vault.enabledForDiskEncryption,
      enableSoftDelete: true,
      softDeleteRetentionInDays: vault.softDeleteDays,
      ...(vault.rbac === undefined ? {} : { enableRbacAuthorization: vault.rbac }),
      ...(vault.purgeProtection ? { enablePurgeProtection: true } : {}),
      vaultUri: `https://${vault.name}.vault.azure.net/`,
      provisioningState: 'Succeeded',
      publicNetworkAccess: vault.publicNetworkAccess,
    },
  };
}

function firewallBody({ addresses = [], ...rules }: NonNullable<KeyVaultSpec['firewall']>): JsonBody {
  return { ...rules, ipRules: addresses.map((value) => ({ value })), virtualNetworkRules: [] };
}

/** A deleted key vault that can still be recovered. */
export function deletedVaultBody(deleted: DeletedKeyVaultSpec): JsonBody {
  const { vault } = deleted;
  const purge = new Date(millis(deleted.deletedAt) + vault.softDeleteDays * 86_400_000);
  return {
    id: `/subscriptions/${vault.subscription}/providers/Microsoft.KeyVault/locations/${vault.location}/deletedVaults/${vault.name}`,
    name: vault.name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: keyVaultId(vault),
      location: vault.location,
      tags: vault.tags,
      deletionDate: `${new Date(millis(deleted.deletedAt)).toISOString().slice(0, 19)}Z`,
      scheduledPurgeDate: `${purge.toISOString().slice(0, 19)}Z`,
      ...(vault.purgeProtection ? { purgeProtectionEnabled: true } : {}),
    },
  };
}

/** A key version as the control plane returns it: only the public key material, times in seconds. */
export function keyBody(
  vault: KeyVaultSpec,
  shown: { key: VaultObject; version: ObjectVersion },
  asVersion: boolean,
): JsonBody {
  const { key, version } = shown;
  const own = `${keyVaultId(vault)}/keys/${key.name}`;
  const uri = `https://${vault.name}.vault.azure.net/keys/${key.name}`;
  return {
    id: asVersion ? `${own}/versions/${version.version}` : own,
    name: asVersion ? version.version : key.name,
    type: asVersion ? 'Microsoft.KeyVault/vaults/keys/versions' : 'Microsoft.KeyVault/vaults/keys',
    location: vault.location,
    tags: {},
    properties: {
      attributes: attributes(version, { exportable: false }),
      kty: 'RSA',
      keyOps: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
      keySize: 2048,
      keyUri: uri,
      keyUriWithVersion: `${uri}/${version.version}`,
    },
  };
}

/** A secret as the control plane returns it: its newest version, and never the value. */
export function secretBody(vault: KeyVaultSpec, secret: VaultObject, version: ObjectVersion): JsonBody {
  const uri = `https://${vault.name}.vault.azure.net/secrets/${secret.name}`;
  return {
    id: `${keyVaultId(vault)}/secrets/${secret.name}`,
    name: secret.name,
    type: 'Microsoft.KeyVault/vaults/secrets',
    location: vault.location,
    tags: {},
    properties: {
      ...(version.holds?.contentType ? { contentType: version.holds.contentType } : {}),
      attributes: attributes(version, {}),
      secretUri: uri,
      secretUriWithVersion: `${uri}/${version.version}`,
    },
  };
}

function attributes(version: ObjectVersion, more: JsonBody): JsonBody {
  const seconds = Math.floor(millis(version.created) / 1000);
  return {
    enabled: version.enabled,
    ...(version.starts ? { nbf: Math.floor(millis(version.starts) / 1000) } : {}),
    ...(version.expires ? { exp: Math.floor(millis(version.expires) / 1000) } : {}),
    created: seconds,
    updated: seconds,
    recoveryLevel: 'Recoverable',
    ...more,
  };
}
