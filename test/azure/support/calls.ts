import type { RestoreRequest } from '../../../src/azure/disk-restores.ts';
import type { AzureGateway, AzureReads, Attempt, RestoreIdentity } from '../../../src/azure/gateway.ts';
import * as names from './names.ts';
import { deploymentOf, extension, newInterface, newVm, restoredDisk } from './restored-vm.ts';

const { subscription, vmId, diskId, vaultId, keyVaultId, ref, principal, region } = names;
const vm = { id: vmId, region };
const tenantId = '00000000-0000-0000-0000-0000007e4a47';
const times = { from: new Date('2026-11-24T00:00:00Z'), to: new Date('2026-11-24T23:00:00Z') };

/** One call of every read of the port. */
export const readCalls: Record<keyof AzureReads, (reads: AzureReads) => Promise<unknown>> = {
  vmEntries: (reads) => reads.vmEntries(subscription),
  vm: (reads) => reads.vm(vmId),
  vms: (reads) => reads.vms(subscription),
  disk: (reads) => reads.disk(diskId),
  disks: (reads) => reads.disks(subscription),
  disksOfGroup: (reads) => reads.disksOfGroup(names.restoreGroupId),
  virtualNetworks: (reads) => reads.virtualNetworks(subscription),
  subnetAddresses: (reads) => reads.subnetAddresses(names.networkId),
  activity: (reads) =>
    reads.activity({
      ...{ subscription, of: { resourceGroup: 'rg-backup' } },
      ...{ from: new Date(Date.now() - 3_600_000), to: new Date() },
    }),
  vmSizes: (reads) => reads.vmSizes(subscription, region),
  coreQuotas: (reads) => reads.coreQuotas(subscription, region),
  vaults: (reads) => reads.vaults(subscription),
  policies: (reads) => reads.policies(vaultId),
  policy: (reads) => reads.policy(names.policyId),
  backupStatus: (reads) => reads.backupStatus(vm),
  preValidate: (reads) => reads.preValidate(vm, vaultId),
  protectedItem: (reads) => reads.protectedItem(ref),
  protectedItems: (reads) => reads.protectedItems(vaultId),
  protectable: (reads) => reads.protectable(vaultId, vmId),
  recoveryPoints: (reads) => reads.recoveryPoints(ref),
  jobs: (reads) => reads.jobs(vaultId, times),
  job: (reads) => reads.job(vaultId, 'job-1'),
  operation: (reads) => reads.operation(names.operation),
  policyOperation: (reads) => reads.policyOperation({ policyId: names.policyId, operationId: 'op-1' }),
  guardedOperations: (reads) => reads.guardedOperations(vaultId),
  refreshed: (reads) => reads.refreshed(names.operation),
  keyVault: (reads) => reads.keyVault(keyVaultId),
  deletedKeyVault: (reads) => reads.deletedKeyVault('kv-hr-weu', region, subscription),
  keyVersion: (reads) => reads.keyVersion(keyVaultId, 'kek', 'v1'),
  keyVersions: (reads) => reads.keyVersions(keyVaultId, 'kek'),
  secret: (reads) => reads.secret(keyVaultId, 'bek'),
  secrets: (reads) => reads.secrets(keyVaultId),
  roleAssignments: (reads) => reads.roleAssignments(keyVaultId, principal),
  roleAssignmentsIn: (reads) => reads.roleAssignmentsIn(subscription, principal),
  roleDefinition: (reads) => reads.roleDefinition(names.roleId),
  roleDefinitionsNamed: (reads) => reads.roleDefinitionsNamed(keyVaultId, 'Kluis backup key reader'),
  denyAssignments: (reads) => reads.denyAssignments(keyVaultId),
  denyAssignmentsIn: (reads) => reads.denyAssignmentsIn(subscription, principal),
  locks: (reads) => reads.locks(keyVaultId),
  locksIn: (reads) => reads.locksIn(subscription),
  permissions: (reads) => reads.permissions(keyVaultId),
  providerState: (reads) => reads.providerState(subscription, 'Microsoft.RecoveryServices'),
  servicePrincipalId: (reads) => reads.servicePrincipalId(names.backupAppId),
  tenantId: (reads) => reads.tenantId(subscription),
  storageAccounts: (reads) => reads.storageAccounts(subscription),
  resourceGroups: (reads) => reads.resourceGroups(subscription),
};

/** What a read returns when Azure answers 404; the others throw the fault. */
export const absent: Partial<Record<keyof AzureReads, unknown>> = {
  vm: null,
  disk: null,
  disksOfGroup: [],
  policy: null,
  protectedItem: null,
  job: null,
  operation: null,
  policyOperation: null,
  keyVault: null,
  deletedKeyVault: null,
  keyVersion: null,
  secret: null,
  roleDefinition: null,
  providerState: null,
  servicePrincipalId: null,
  tenantId: null,
};

/** The reads that are lists. */
export const listReads = [
  'vmEntries',
  'disks',
  'disksOfGroup',
  'virtualNetworks',
  'subnetAddresses',
  'activity',
  'vmSizes',
  'coreQuotas',
  'vaults',
  'policies',
  'guardedOperations',
  'protectedItems',
  'protectable',
  'recoveryPoints',
  'jobs',
  'keyVersions',
  'roleAssignments',
  'roleAssignmentsIn',
  'roleDefinitionsNamed',
  'denyAssignments',
  'denyAssignmentsIn',
  'locks',
  'permissions',
  'storageAccounts',
  'resourceGroups',
] as const satisfies readonly (keyof AzureReads)[];

/** One call of every read that only the third identity may make. */
export const restoreReadCalls = {
  namedKey: (restores) => restores.namedKey(names.keyVaultUri, 'kek'),
  namedSecret: (restores) => restores.namedSecret(names.keyVaultUri, 'bek'),
  secretVersions: (restores) => restores.secretVersions(names.keyVaultUri, 'bek'),
  interfaceState: (restores) => restores.interfaceState(newInterface.id),
  interfaceAddresses: (restores) => restores.interfaceAddresses(newInterface.id),
  publicAddress: (restores) =>
    restores.publicAddress(newInterface.id.replace('networkInterfaces', 'publicIPAddresses')),
  adeExtension: (restores) => restores.adeExtension(extension.vmId, 'Windows'),
  deletable: (restores) => restores.deletable(extension.vmId),
} satisfies Record<string, (restores: RestoreIdentity) => Promise<unknown>>;

/** The methods of a port that write: those that take an attempt. */
type Writing<Port> = {
  [Name in keyof Port]: Port[Name] extends (...all: infer All) => unknown
    ? All extends readonly [...unknown[], Attempt]
      ? Name
      : never
    : never;
}[keyof Port];
/** All writes; a blob's deletion, which goes to the storage account itself, has tests of its own. */
type WriteName =
  | Writing<AzureGateway['writes']>
  | Writing<NonNullable<AzureGateway['grants']>>
  | Exclude<Writing<NonNullable<AzureGateway['restores']>>, 'deleteBlob'>;

/** One call of every write of the port. */
export const writeCalls: Record<WriteName, (azure: AzureGateway, attempt: Attempt) => Promise<unknown>> = {
  refreshContainers: ({ writes }, attempt) => writes.refreshContainers(vaultId, attempt),
  protect: ({ writes }, attempt) => writes.protect({ ref, vmId, policyId: names.policyId }, attempt),
  stopProtection: ({ writes }, attempt) => writes.stopProtection({ ref, vmId, guardRequest: null }, attempt),
  undelete: ({ writes }, attempt) => writes.undelete({ ref, vmId }, attempt),
  startBackup: ({ writes }, attempt) => writes.startBackup(ref, new Date('2026-12-24T10:46:00Z'), attempt),
  registerProvider: ({ writes }, attempt) =>
    writes.registerProvider({ subscription, namespace: 'Microsoft.RecoveryServices' }, attempt),
  cancelJob: ({ writes }, attempt) => writes.cancelJob({ vaultId, jobId: 'job-1' }, attempt),
  putPolicy: ({ writes }, attempt) => writes.putPolicy({ policyId: names.policyId, body: policyBody }, attempt),
  addAccessPolicy: ({ grants }, attempt) => grants!.addAccessPolicy(keyVaultId, accessPolicy, attempt),
  assignRole: ({ grants }, attempt) => grants!.assignRole(assignment, attempt),
  startRestore: ({ restores }, attempt) => restores!.startRestore(restoreRequest, attempt),
  recoverKeyVault: ({ restores }, attempt) => restores!.recoverKeyVault({ id: keyVaultId, region, tenantId }, attempt),
  recoverKey: ({ restores }, attempt) => restores!.recoverKey(names.keyVaultUri, 'kek', attempt),
  recoverSecret: ({ restores }, attempt) => restores!.recoverSecret(names.keyVaultUri, 'bek', attempt),
  restoreKey: ({ restores }, attempt) => restores!.restoreKey(names.keyVaultUri, 'a+/b', attempt),
  restoreSecret: ({ restores }, attempt) => restores!.restoreSecret(names.keyVaultUri, 'a+/b', attempt),
  putSecret: ({ restores }, attempt) => restores!.putSecret(secret, attempt),
  pointDiskToKeys: ({ restores }, attempt) =>
    restores!.pointDiskToKeys(restoredDisk('restored-os'), [diskKeys], attempt),
  deploy: ({ restores }, attempt) => restores!.deploy(deploymentOf(), attempt),
  putInterface: ({ restores }, attempt) => restores!.putInterface(newInterface, attempt),
  makeVm: ({ restores }, attempt) => restores!.makeVm(newVm, attempt),
  pushAdeExtension: ({ restores }, attempt) => restores!.pushAdeExtension(extension, attempt),
  addTags: ({ restores }, attempt) => restores!.addTags(extension.vmId, { drill: '1' }, attempt),
  remove: ({ restores }, attempt) => restores!.remove(extension.vmId, attempt),
};

/** A secret to put; its value may be nowhere but in the request. */
export const secret = {
  keyVaultUri: names.keyVaultUri,
  name: 'bek',
  value: 'c2VjcmV0LW1hdGVyaWFsLW9mLWEtZGlzaw',
  contentType: 'Wrapped BEK',
  tags: { MachineName: 'vm-rbac-01' },
};

/** A restore of a point to the group that the estate has for it. */
export const restoreRequest: RestoreRequest = {
  ref,
  point: '160718578227609',
  sourceVmId: vmId,
  region,
  to: { makes: 'disks', groupId: names.restoreGroupId },
  stagingAccountId: names.stagingAccountId,
  stagesByIdentity: false,
  rehydrate: null,
  guardRequest: null,
  staysPrivate: false,
};

/** A policy to send; the field that no SDK knows must arrive as well. */
export const policyBody = { backupManagementType: 'AzureIaasVM', timeZone: 'UTC', newerThanTheSdk: { kept: true } };

/** Where a disk's keys are, without a KEK. */
const diskKeys = {
  secretUrl: 'https://kv-prod-weu.vault.azure.net/secrets/BEK/1',
  secretVaultId: keyVaultId,
  keyUrl: null,
  keyVaultId: null,
};

const none = { certificates: [], storage: [] };

export const accessPolicy = {
  tenantId,
  objectId: principal,
  applicationId: null,
  keys: ['get', 'list', 'backup'],
  secrets: ['get', 'list', 'backup'],
  ...none,
};

export const assignment = {
  scope: keyVaultId,
  name: '33333333-3333-3333-3333-333333333333',
  roleDefinitionId: names.roleId,
  principalId: principal,
  description: 'Kluis request 7',
};
