/** Facts as Azure would return them, with everything in order; a test changes what matters to it. */
import {
  type AccessPolicy,
  type AttachedDisk,
  type DiskFacts,
  type DiskKeys,
  itemRefOf,
  type JobFacts,
  type KeyVaultFacts,
  type PolicyFacts,
  type ProtectedItem,
  type RecoveryPoint,
  type RoleDefinition,
  type StorageAccount,
  type VaultFacts,
  type VmFacts,
} from '../../../src/azure/gateway.ts';

export const subscription = '00000000-0000-0000-0000-00000000c0de';
export const tenant = '00000000-0000-0000-0000-0000007e4a47';
export const backupService = '00000000-0000-0000-0000-00000000ba00';
export const now = new Date('2026-11-24T02:15:00Z');
export const weu = 'westeurope';

export const groupId = (group: string) => `/subscriptions/${subscription}/resourceGroups/${group}`;
const resource = (group: string, type: string, name: string) => `${groupId(group)}/providers/${type}/${name}`;
export const vmId = (group: string, name: string) => resource(group, 'Microsoft.Compute/virtualMachines', name);
export const diskId = (group: string, name: string) => resource(group, 'Microsoft.Compute/disks', name);
export const keyVaultId = (name: string) => resource('rg-security', 'Microsoft.KeyVault/vaults', name);
export const vaultId = (name: string) => resource('rg-backup', 'Microsoft.RecoveryServices/vaults', name);

/** The keys of a disk: BEK in the first key vault, KEK in the second; null: no KEK. */
export function diskKeys(secretVault: string, keyVault: string | null = secretVault, vm = 'vm'): DiskKeys {
  const host = (name: string) => `https://${name}.vault.azure.net`;
  return {
    secretUrl: `${host(secretVault)}/secrets/bek-${vm}/s1`,
    secretVaultId: keyVaultId(secretVault),
    keyUrl: keyVault === null ? null : `${host(keyVault)}/keys/kek/k1`,
    keyVaultId: keyVault === null ? null : keyVaultId(keyVault),
  };
}

export function disk(owner: string, name: string, over: Partial<DiskFacts> = {}): DiskFacts {
  return {
    id: diskId(owner.split('/')[4] ?? '', name),
    name,
    sizeGiB: 127,
    sku: 'Premium_LRS',
    ade: null,
    encryptionType: 'EncryptionAtRestWithPlatformKey',
    diskEncryptionSetId: null,
    maxShares: 1,
    dataAccessAuthMode: null,
    securityType: null,
    managedBy: owner,
    os: null,
    ...over,
  };
}

export function attached(facts: DiskFacts, over: Partial<AttachedDisk> = {}): AttachedDisk {
  return {
    role: 'os',
    name: facts.name,
    id: facts.id,
    lun: null,
    unmanaged: false,
    ephemeral: false,
    writeAccelerator: false,
    sizeGiB: facts.sizeGiB,
    modelAde: null,
    viewAde: facts.ade?.keys ?? [],
    encryptionState: facts.ade ? 'EncryptionState/encrypted' : null,
    ...over,
  };
}

export function vm(group: string, name: string, over: Partial<VmFacts> = {}): VmFacts {
  return {
    id: vmId(group, name),
    name,
    resourceGroup: group,
    subscription,
    region: weu,
    extendedZone: null,
    size: 'Standard_D4s_v5',
    vmId: `guid-${name}`,
    tags: {},
    os: 'Windows',
    provisioningState: 'Succeeded',
    powerState: 'PowerState/running',
    agent: { status: 'Ready', version: '2.7.41491.1183' },
    extensionsAllowed: true,
    extensions: [],
    securityType: null,
    encryptionAtHost: false,
    created: new Date('2025-01-15T10:20:30Z'),
    encryptionIdentity: false,
    interfaceIds: [],
    disks: [],
    ...over,
  };
}

export function vault(name: string, over: Partial<VaultFacts> = {}): VaultFacts {
  return {
    id: vaultId(name),
    name,
    resourceGroup: 'rg-backup',
    subscription,
    region: weu,
    tags: {},
    redundancy: 'LocallyRedundant',
    softDelete: { state: 'Enabled', days: 14 },
    immutability: 'Disabled',
    multiUserAuthorization: false,
    systemIdentity: false,
    ...over,
  };
}

export function policy(vaultName: string, name: string, over: Partial<PolicyFacts> = {}): PolicyFacts {
  return {
    id: `${vaultId(vaultName)}/backupPolicies/${name}`,
    name,
    kind: 'Standard',
    timeZone: 'W. Europe Standard Time',
    schedule: { frequency: 'Daily', times: ['00:00'] },
    daily: { count: 30, unit: 'Days' },
    weekly: null,
    monthly: null,
    yearly: null,
    snapshotDays: 2,
    crashConsistentOnly: false,
    restorePointGroup: null,
    protectedItems: 0,
    ...over,
  };
}

export function item(owner: VmFacts, vaultName: string, over: Partial<ProtectedItem> = {}): ProtectedItem {
  const ref = itemRefOf(owner.id, vaultId(vaultName));
  return {
    ref,
    id: `${ref.vaultId}/backupFabrics/Azure/protectionContainers/${ref.container}/protectedItems/${ref.item}`,
    vmId: owner.id,
    friendlyName: owner.name,
    protectionState: 'Protected',
    policyId: `${vaultId(vaultName)}/backupPolicies/DefaultPolicy`,
    policyName: 'DefaultPolicy',
    lastBackupStatus: 'Completed',
    lastBackupTime: new Date('2026-11-23T23:04:00Z'),
    lastRecoveryPoint: new Date('2026-11-23T23:04:00Z'),
    softDeleted: null,
    diskChoice: null,
    ...over,
  };
}

export function point(time: string, over: Partial<RecoveryPoint> = {}): RecoveryPoint {
  return {
    id: `/points/${time}`,
    name: time,
    time: new Date(time),
    consistency: 'AppConsistent',
    encrypted: true,
    size: null,
    disks: null,
    tiers: [],
    privateAccess: null,
    zones: [],
    softDeleted: false,
    ...over,
  };
}

export function job(owner: VmFacts, vaultName: string, over: Partial<JobFacts> = {}): JobFacts {
  return {
    id: `${vaultId(vaultName)}/backupJobs/1`,
    name: '1',
    vaultId: vaultId(vaultName),
    vmName: owner.name,
    containerName: `iaasvmcontainerv2;${owner.resourceGroup};${owner.name}`,
    operation: 'Backup',
    status: 'Completed',
    startTime: now,
    endTime: null,
    activityId: null,
    cancellable: false,
    errors: [],
    tasks: [],
    percent: null,
    remainingMs: null,
    staged: null,
    bag: [],
    ...over,
  };
}

export function accessPolicy(keys: readonly string[], secrets: readonly string[], over: Partial<AccessPolicy> = {}) {
  return {
    tenantId: tenant,
    objectId: backupService,
    applicationId: null,
    keys,
    secrets,
    certificates: [],
    storage: [],
    ...over,
  };
}

export const fullPolicy = accessPolicy(['get', 'list', 'backup'], ['get', 'list', 'backup']);

export function keyVault(name: string, over: Partial<KeyVaultFacts> = {}): KeyVaultFacts {
  return {
    id: keyVaultId(name),
    name,
    resourceGroup: 'rg-security',
    subscription,
    region: weu,
    tenantId: tenant,
    rbac: false,
    policies: [fullPolicy],
    firewall: { publicAccess: 'Enabled', defaultAction: null, bypass: null },
    enabledForDiskEncryption: true,
    purgeProtection: true,
    ...over,
  };
}

export function role(
  name: string,
  dataActions: readonly string[],
  notDataActions: readonly string[] = [],
): RoleDefinition {
  const id = `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${name}`;
  return { id, name, permissions: [{ actions: [], notActions: [], dataActions, notDataActions, condition: null }] };
}

export function account(name: string, over: Partial<StorageAccount> = {}): StorageAccount {
  const id = resource('rg-backup', 'Microsoft.Storage/storageAccounts', name);
  return { id, name, region: weu, kind: 'StorageV2', sku: 'Standard_LRS', firewalled: false, ...over };
}
