import type { Json } from '../json.ts';
import type { AdeKeys, DiskSpec, VmSpec } from './state-compute.ts';
import type { VaultObject } from './state-keyvault.ts';

/** A Recovery Services vault. `undiscovered`: ids of VMs that it does not know before a container refresh. */
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
  /** `leavesOut`: operations that the Resource Guard was told not to guard; `restores`: it guards those too. */
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
  undiscovered: string[];
  /** A vault that was moved from another group: it says so, and its type comes in lower case. */
  moved?: { operationId: string; start: string; end: string; from: string };
  changed: string;
};

/** A backup policy: `properties` as Azure keeps them, but for the count of items, which is worked out. */
export type PolicySpec = { vaultId: string; name: string; properties: { [name: string]: Json } };

/**
 * One recovery point. `keys`: it answers with `keyAndSecret`. Azure's documentation keeps that under "Legacy approach"
 * for points of before 11 July 2017 of VMs with a KEK (azure-docs, backup-azure-restore-key-secret); the keys of newer
 * points come with a restore of the disks, and the REST examples show their `keyAndSecret` as null. No recording shows
 * either.
 */
export type PointSpec = {
  id: string;
  time: string;
  consistency: 'AppConsistent' | 'FileSystemConsistent' | 'CrashConsistent';
  tiers: ('InstantRP' | 'HardenedRP' | 'ArchivedRP')[];
  /** Its tiers are listed as invalid (`RecoveryPointTierStatus` of azure-rest-api-specs). */
  invalid?: true;
  encrypted: boolean;
  keys?: { secretUrl: string; secretVaultId: string; keyUrl?: string; keyVaultId?: string };
  size: string;
  os: 'Windows' | 'Linux';
  zones?: string[];
  securityType: string;
  policyType: 'V1' | 'V2';
  expires?: string;
  /** Only where disks were left out. */
  disks?: { included: PointDisk[]; excluded: PointDisk[] };
  /** The keys of its encrypted disks, the OS disk first; absent where it has none. */
  copiedKeys?: CopiedKeys[];
};

/**
 * What Azure Backup copied of the keys of one disk: where they were, and the secret and the key whole, so that they
 * outlive their key vault. `from`: the key vaults, by what decides where a backup of an object can be restored.
 */
export type CopiedKeys = PointDisk & {
  bek: string;
  ade: AdeKeys & { settingsVersion: string };
  secret: { from: KeyHome; object: VaultObject };
  key?: { from: KeyHome; object: VaultObject };
};

/** A key vault's place: a backed-up object comes back in the same subscription and geography only. */
export type KeyHome = { subscription: string; location: string; name: string };

/** A disk of a recovery point. */
export type PointDisk = { lun: number; name: string };

/** A VM under a vault's protection. `vmGuid` is the VM's own id at that time: a VM made again has another one. */
export type ItemSpec = {
  vaultId: string;
  vmId: string;
  vmGuid: string;
  container: string;
  policyId: string;
  state: 'IRPending' | 'Protected' | 'ProtectionStopped' | 'BackupsSuspended' | 'ProtectionError';
  dataId: string;
  lastBackupStatus: string;
  lastBackupTime?: string;
  lastRecoveryPoint?: string;
  deletedAt?: string;
  /** The data disks that are left out, or the only ones that are taken. */
  diskExclusion?: { diskLunList: number[]; isInclusionList: boolean };
  /** The VM and its disks as of the last backup: what a restore brings back, whatever became of them since. */
  machine?: BackedUpMachine;
  points: PointSpec[];
};

/** A VM with its managed disks, as a backup found them. */
export type BackedUpMachine = { vm: VmSpec; disks: DiskSpec[] };

/** What a restore of disks was asked to do. Without a target group the disks become VHD files in the account. */
export type RestoreAsked = {
  pointId: string;
  sourceVmId: string;
  storageAccountId: string;
  /** Azure Backup goes to the account as the vault's own identity, which gets through a firewall. */
  byIdentity?: true;
  targetGroupId?: string;
  /** The data disks by LUN that are wanted; absent: all, none: the OS disk alone. */
  luns?: number[];
  rehydrates: boolean;
  /** The VM that is made of the disks (`AlternateLocation`). */
  newVm?: { id: string; networkId: string; subnetId: string };
  /** They take the place of the VM's own disks (`OriginalLocation`). */
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
  /** What the copy to the vault will end with; the job then completes with a warning. */
  transferError?: JobErrorSpec;
  tasks: TaskSpec[];
  bag: Record<string, string>;
  internalBag?: Record<string, string>;
  onDemand?: boolean;
  /** A restore, and when it will be over, in milliseconds. */
  restore?: RestoreAsked & { due: number };
  keepUntil?: string;
};

/** A long-running call of Azure Backup. `at` is what its own URLs lie below. */
export type OperationSpec = {
  id: string;
  vaultId: string;
  status: 'InProgress' | 'Succeeded' | 'Failed';
  start: string;
  jobId?: string;
  /** What a validation has found; it has succeeded all the same. */
  found?: { code: string; message: string; recommendations: string[] }[];
  error?: { code: string; message: string };
};
