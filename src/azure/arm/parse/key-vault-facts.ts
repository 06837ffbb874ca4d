import type { AccessPolicyEntry, DeletedVault, Key, Secret, Vault } from '@azure/arm-keyvault';
import type { AccessPolicy, DeletedKeyVault, KeyObject, KeyVaultFacts } from '../../facts.ts';
import { idOf, listOf, lowerWords, required, wordOrNull } from './azure-values.ts';
import { epochOrNull, timeOrNull } from './azure-times.ts';

/** A key vault as the product sees it. */
export function keyVaultFacts(vault: Vault): KeyVaultFacts {
  const { id, name, resourceGroup, subscription } = idOf(vault.id);
  const { properties } = vault;
  return {
    id,
    name,
    resourceGroup,
    subscription,
    region: vault.location ?? '',
    tenantId: required(properties.tenantId, 'tenantId'),
    rbac: properties.enableRbacAuthorization ?? false,
    policies: listOf(properties.accessPolicies).map(accessPolicyOf),
    firewall: {
      publicAccess: wordOrNull(properties.publicNetworkAccess) ?? 'Enabled',
      defaultAction: wordOrNull(properties.networkAcls?.defaultAction),
      bypass: wordOrNull(properties.networkAcls?.bypass),
    },
    enabledForDiskEncryption: properties.enabledForDiskEncryption ?? false,
    purgeProtection: properties.enablePurgeProtection ?? false,
  };
}

function accessPolicyOf({ tenantId, objectId, applicationId, permissions }: AccessPolicyEntry): AccessPolicy {
  return {
    tenantId,
    objectId,
    applicationId: wordOrNull(applicationId),
    keys: lowerWords(permissions?.keys),
    secrets: lowerWords(permissions?.secrets),
    certificates: lowerWords(permissions?.certificates),
    storage: lowerWords(permissions?.storage),
  };
}

/** A deleted key vault that can be recovered. */
export function deletedKeyVaultOf({ name, properties }: DeletedVault): DeletedKeyVault {
  return {
    name: required(name, 'name'),
    vaultId: required(properties?.vaultId, 'vaultId'),
    deletedAt: timeOrNull(properties?.deletionDate),
    purgeAt: timeOrNull(properties?.scheduledPurgeDate),
  };
}

/** A key's version as the control plane returns it. Only names, state and dates are read. */
export function keyOf(key: Key, name: string): KeyObject {
  required(key.id, 'id');
  const notBefore = epochOrNull(key.attributes?.notBefore);
  return {
    name,
    version: lastPart(key.keyUriWithVersion, 4) ?? /\/versions\/([^/]+)$/i.exec(key.id ?? '')?.[1] ?? null,
    enabled: key.attributes?.enabled ?? true,
    expires: epochOrNull(key.attributes?.expires),
    ...(notBefore && { notBefore }),
    ...createdOf(key.attributes?.created),
  };
}

/** A secret's newest version as the control plane returns it. Only names, state and expiry are read. */
export function secretOf(secret: Secret, name: string): KeyObject {
  required(secret.id, 'id');
  return {
    name,
    version: lastPart(secret.properties?.secretUriWithVersion, 4),
    enabled: secret.properties?.attributes?.enabled ?? true,
    expires: epochOrNull(secret.properties?.attributes?.expires),
    ...createdOf(secret.properties?.attributes?.created),
  };
}

function createdOf(value: Date | number | undefined): Pick<KeyObject, 'created'> {
  const created = epochOrNull(value);
  return created ? { created } : {};
}

// https://<vault>/keys/<name>/<version>: a URI without a version has one segment less.
function lastPart(uri: string | undefined, parts: number): string | null {
  const found = (uri ?? '').replace(/\/+$/, '').split('/').slice(2);
  return found.length === parts ? (found[parts - 1] ?? null) : null;
}
