import type { KeyVaultSpec, PolicyPermissions } from '../state/state-keyvault.ts';
import { IDENTITIES } from '../http/call.ts';
import { PEOPLE, SUBSCRIPTION, TENANT } from './known.ts';
import { BACKUP_OBJECT_ID } from '../backup-app.ts';

/** Everything that Azure Backup needs in an access policy. */
export const FULL: PolicyPermissions = { keys: ['get', 'list', 'backup'], secrets: ['get', 'list', 'backup'] };

/** What the product's restore identity needs in an access policy. None of it reveals a secret's value. */
const PUT_BACK: PolicyPermissions = {
  keys: ['get', 'recover', 'restore'],
  secrets: ['list', 'set', 'recover', 'restore'],
};

/** The key vaults that the restore identity may restore keys to. */
const RESTORED = ['kv-prod-weu', 'kv-hr-weu', 'kv-hr2-weu'];

/** A key vault of the estate with Azure Backup's permissions there (null: none). */
export function keyVault(
  name: string,
  backup: PolicyPermissions | null,
  change: Partial<KeyVaultSpec> = {},
): KeyVaultSpec {
  const people = { keys: ['all'], secrets: ['all'], certificates: ['all'], storage: ['all'] };
  const policies = [{ tenantId: TENANT, objectId: PEOPLE.chris, permissions: people }];
  const own = backup ? [{ tenantId: TENANT, objectId: BACKUP_OBJECT_ID, permissions: structuredClone(backup) }] : [];
  const restore = RESTORED.includes(name)
    ? [{ tenantId: TENANT, objectId: IDENTITIES['kluis-restore'], permissions: structuredClone(PUT_BACK) }]
    : [];
  return {
    subscription: SUBSCRIPTION,
    resourceGroup: 'rg-security',
    name,
    location: 'westeurope',
    tags: {},
    accessPolicies: change.rbac ? [] : [...policies, ...own, ...restore],
    publicNetworkAccess: 'Enabled',
    enabledForDiskEncryption: true,
    purgeProtection: true,
    softDeleteDays: 90,
    keys: [],
    secrets: [],
    created: '2024-03-11T08:12:44.53Z',
    ...change,
  };
}

/** The key vaults of the estate that exist; `kv-hr-weu` is deleted right after its VM was made. */
export function estateKeyVaults(): KeyVaultSpec[] {
  return [
    keyVault('kv-prod-weu', FULL),
    keyVault('kv-web-weu', { keys: ['get', 'list'], secrets: ['get', 'list'] }),
    keyVault('kv-rbac-weu', null, { rbac: true }),
    keyVault('kv-locked-weu', FULL, { firewall: { defaultAction: 'Deny', bypass: 'AzureServices' } }),
    keyVault('kv-shut-weu', FULL, { firewall: { defaultAction: 'Deny', bypass: 'None' } }),
    keyVault('kv-kek-weu', null),
    keyVault('kv-prod-eus', FULL, { location: 'eastus' }),
    keyVault('kv-hr-weu', FULL),
    keyVault('kv-hr2-weu', FULL),
  ];
}
