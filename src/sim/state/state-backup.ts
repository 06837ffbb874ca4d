import type { Json } from '../json.ts';
import type { AdeKeys, DiskSpec, VmSpec } from './state-compute.ts';
import type { VaultObject } from './state-keyvault.ts';

/** A Recovery Services vault. `undiscovered`: IDs of VMs that it doesn't know before a container refresh. */
export type VaultSpec = {
  subscription: string;
  resourceGroup: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  sku: { name: string; tier?: string };
  redundancy: 'GeoRedundant' | 'LocallyRedundant' | 'ZoneRedundant';
  softDelete: 'Enabled' | 'Disabled' | 'AlwaysON';
  softDeleteDays: number;
  enhancedSecurity: string;
  immutability: 'Disabled' | 'Unlocked' | 'Locked';
  /** `leavesOut`: operations that the Resource Guard doesn't protect; `restores`: it protects those too. */
  guard?: {
    name: string;
    resourceGuardId: string;
    updated: string;
    unlockedUntil?: number;
    leavesOut?: string[];
    restores?: true;
  };
  provisioning: 'Succeeded' | 'Provisioning';
  /** Its system-assigned identity. */
  identity?: { principalId: string; tenantId: string };
  /** The resource IDs of its user-assigned identities. */
  userIdentities?: string[];
  undiscovered: string[];
  /** A vault that was moved from another group: it says so, and its type is in lower case. */
  moved?: { operationId: string; start: string; end: string; from: string };
  changed: string;
};

/** A backup policy: `properties` as Azure keeps them, except for the number of items, which is computed. */
export type PolicySpec = { vaultId: string; name: string; properties: { [name: string]: Json } };

/**
 * One recovery point. `keys`: it has `keyAndSecret`. Azure's documentation describes that under "Legacy approach" for
 * points before 11 July 2017 of VMs with a KEK (azure-docs, backup-azure-restore-key-secret); the keys of newer points
 * come with a restore of the disks, and the REST examples show their `keyAndSecret` as null. No recording shows either.
 */
export type PointSpec = {
  id: string;
  time: string;
  consistency: 'AppConsistent' | 'FileSystemConsistent' | 'CrashConsistent';
  /** `IASnapshotRP` is in review (azure-rest-api-specs, pull request 46044). */
  tiers: ('InstantRP' | 'HardenedRP' | 'ArchivedRP' | 'IASnapshotRP')[];
  /** Its tiers are listed as invalid (`RecoveryPointTierStatus` of azure-rest-api-specs). */
  invalid?: true;
  encrypted: boolean;
  keys?: { secretUrl: string; secretVaultId: string; keyUrl?: string; keyVaultId?: string };
  size: string;
  os: 'Windows' | 'Linux';
  zones?: string[];
  /** One of its disks allows access only through a disk access (azure-cli, test_backup_diskaccess_restore). */
  privateAccess?: true;
  softDeleted?: true;
  /** Of its tiers; absent: valid. */
  tierStatus?: 'Rehydrated';
  /** Its snapshot is listed as deleted: only the copy in the vault is left. */
  snapshotOver?: true;
  securityType: string;
  policyType: 'V1' | 'V2';
  expires?: string;
  /** The rule of the policy that keeps it until then. */
  ruleName?: 'Daily' | 'Weekly' | 'Monthly' | 'Yearly';
  /** Only where disks were left out. */
  disks?: { included: PointDisk[]; excluded: PointDisk[] };
  /** The keys of its encrypted disks, the OS disk first; absent if it has none. */
  copiedKeys?: CopiedKeys[];
};

/**
 * Azure Backup's copy of one disk's keys: where they were, and the whole secret and key, so that they outlive their key
 * vault. `from`: the key vaults, by what decides where a backup of an object can be restored.
 */
export type CopiedKeys = PointDisk & {
  bek: string;
  ade: AdeKeys & { settingsVersion: string };
  secret: { from: KeyHome; object: VaultObject };
  key?: { from: KeyHome; object: VaultObject };
};

/** A key vault's location: a backed-up object can be restored only to the same subscription and geography. */
export type KeyHome = { subscription: string; location: string; name: string };

/** A disk of a recovery point. */
export type PointDisk = { lun: number; name: string };

/** A VM protected by a vault. `vmGuid` is the VM's own ID at that time: a recreated VM has another one. */
export type ItemSpec = {
  vaultId: string;
  vmId: string;
  vmGuid: string;
  container: string;
  policyId: string;
  state: 'IRPending' | 'Protected' | 'ProtectionStopped' | 'BackupsSuspended' | 'ProtectionPaused' | 'ProtectionError';
  dataId: string;
  lastBackupStatus: string;
  lastBackupTime?: string;
  lastRecoveryPoint?: string;
  deletedAt?: string;
  /** The data disks that are left out, or the only ones that are included. */
  diskExclusion?: { diskLunList: number[]; isInclusionList: boolean };
  /** The VM and its disks as of the last backup: what a restore brings back, whatever has happened to them since. */
  machine?: BackedUpMachine;
  points: PointSpec[];
};

/** A VM with its managed disks, as a backup found them. */
export type BackedUpMachine = { vm: VmSpec; disks: DiskSpec[] };

/** A restore request. Without a target group the disks become VHD files in the account. */
export type RestoreAsked = {
  pointId: string;
  sourceVmId: string;
  storageAccountId: string;
  /** Azure Backup accesses the account with the vault's own identity, which gets through a firewall. */
  byIdentity?: true;
  targetGroupId?: string;
  /** The LUNs of the requested data disks; absent: all, empty: the OS disk alone. */
  luns?: number[];
  rehydrates: boolean;
  /** The VM that is created from the disks (`AlternateLocation`). */
  newVm?: { id: string; networkId: string; subnetId: string };
  /** They replace the VM's own disks (`OriginalLocation`). */
  replaces?: true;
};

/** An error of a job, in Azure's own fields. */
export type JobErrorSpec = {
  errorCode: number;
  errorTitle: string;
  errorString: string;
  recommendations: string[];
};

/** A task of a job; its times are absent until it starts or ends. */
export type TaskSpec = { id: string; status: string; start?: string; end?: string };

/** A backup job. `onDemand` jobs count against the nine of the UTC day. */
export type JobSpec = {
  id: string;
  vaultId: string;
  vmId: string;
  container: string;
  vmName: string;
  operation: 'ConfigureBackup' | 'Backup' | 'Restore' | 'DisableBackup' | 'DeleteBackupData' | 'Undelete';
  status: string;
  start: string;
  end?: string;
  activityId: string;
  cancellable: boolean;
  errors?: JobErrorSpec[];
  /** How the copy to the vault will fail; the job then completes with a warning. */
  transferError?: JobErrorSpec;
  tasks: TaskSpec[];
  bag: Record<string, string>;
  internalBag?: Record<string, string>;
  onDemand?: boolean;
  /** A restore, and when it will end, in milliseconds. */
  restore?: RestoreAsked & { due: number };
  keepUntil?: string;
};

/** A long-running call of Azure Backup. `at` is the path that its own URLs are below. */
export type OperationSpec = {
  id: string;
  vaultId: string;
  status: 'InProgress' | 'Succeeded' | 'Failed';
  start: string;
  jobId?: string;
  /** The findings of a validation, which itself has succeeded. */
  found?: { code: string; message: string; recommendations: string[] }[];
  error?: { code: string; message: string };
};
