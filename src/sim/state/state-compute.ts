/**
 * A managed disk of the simulated estate; `ade` is the single-pass settings that Azure Disk Encryption left on it.
 * `bek`: the words from which the key that encrypts its volumes is derived, wherever `ade` points.
 */
export type DiskSpec = {
  subscription: string;
  resourceGroup: string;
  name: string;
  location: string;
  sizeGiB: number;
  sku: string;
  os?: 'Windows' | 'Linux';
  ade?: AdeKeys & { settingsVersion: string };
  bek?: string;
  encryptionType: string;
  diskEncryptionSetId?: string;
  maxShares?: number;
  dataAccessAuthMode?: string;
  managedBy?: string;
  trustedLaunch?: boolean;
  tags?: Record<string, string>;
  created: string;
  /** The disk of a restore point that Azure Backup restored it from. */
  restoredFrom?: string;
};

/** Where one encrypted disk's keys are: the secret (BEK), and the key that encrypts it (KEK) if there is one. */
export type AdeKeys = { secretUrl: string; secretVaultId: string; keyUrl?: string; keyVaultId?: string };

/** A disk attached to a VM. `vhd` instead of `diskId` means an unmanaged disk. */
export type AttachedDiskSpec = {
  role: 'os' | 'data';
  lun: number;
  name: string;
  diskId?: string;
  vhd?: string;
  /** Absent: Azure's default. */
  caching?: string;
  deleteOption?: DeleteOption;
};

/** What happens to something when the VM that has it is deleted; absent: it is detached. */
export type DeleteOption = 'Delete' | 'Detach';

/** A VM of the simulated estate, from which model and instance view are rendered for the requested api-version. */
export type VmSpec = {
  subscription: string;
  resourceGroup: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  zones?: string[];
  os: 'Windows' | 'Linux';
  size: string;
  vmId: string;
  power: 'running' | 'stopped' | 'deallocated';
  provisioning: 'Creating' | 'Succeeded' | 'Failed' | 'Updating' | 'Deleting';
  agent: 'ready' | 'notReady' | 'absent';
  extensionsAllowed: boolean;
  securityType?: 'TrustedLaunch' | 'ConfidentialVM';
  encryptionAtHost?: boolean;
  encryptionIdentity?: string;
  disks: AttachedDiskSpec[];
  adeState: 'none' | 'encrypted' | 'encrypting' | 'restartPending' | 'failed';
  /** Dual pass: the settings are in the VM's model and not on the disk. */
  dualPass?: AdeKeys;
  extensions: ExtensionSpec[];
  created: string;
  /** It was created from existing disks: it has no image and no OS profile. */
  fromDisks?: true;
  interfaceIds?: string[];
};

/** A VM extension. `version` is the model's, `runtimeVersion` the instance view's. */
export type ExtensionSpec = {
  name: string;
  publisher: string;
  type: string;
  version: string;
  runtimeVersion: string;
  state: 'Creating' | 'Updating' | 'Succeeded' | 'Failed';
  forceUpdateTag?: string;
  settings?: Record<string, string | boolean | null>;
};

/** A long-running call of Compute, below its region. It runs until it has an end time. */
export type ComputeOperationSpec = {
  id: string;
  subscription: string;
  location: string;
  kind: 'operations' | 'DiskOperations';
  start: string;
  end?: string;
  error?: { code: string; message: string };
};

/** A VM of the classic deployment model: only its entry in lists is simulated. */
export type ClassicVmSpec = { subscription: string; resourceGroup: string; name: string; location: string };
