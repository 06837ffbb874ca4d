/** A VM and its disks as Azure told them, by the rules of `facts.ts`. */

/** A disk's place for its keys, as Azure Disk Encryption wrote it down. `secretUrl` and `keyUrl` carry versions. */
export type DiskKeys = {
  readonly secretUrl: string | null;
  readonly secretVaultId: string | null;
  readonly keyUrl: string | null;
  readonly keyVaultId: string | null;
};

/** A managed disk. `ade` is what its `encryptionSettingsCollection` says; null: no such settings, or not enabled. */
export type DiskFacts = {
  readonly id: string;
  readonly name: string;
  readonly sizeGiB: number | null;
  readonly sku: string | null;
  readonly ade: { readonly version: string | null; readonly keys: readonly DiskKeys[] } | null;
  readonly encryptionType: string | null;
  readonly diskEncryptionSetId: string | null;
  readonly maxShares: number;
  readonly dataAccessAuthMode: string | null;
  readonly securityType: string | null;
  readonly managedBy: string | null;
  /** Azure's word for the system on an OS disk; null: it is none, or Azure doesn't say. */
  readonly os: string | null;
};

/**
 * A disk as the VM names it: its id, or null where it is unmanaged (`vhd`). `lun` is null for the OS disk. `ade` is
 * from the VM model (dual pass) or its instance view.
 */
export type AttachedDisk = {
  readonly role: 'os' | 'data';
  readonly name: string;
  readonly id: string | null;
  readonly lun: number | null;
  readonly unmanaged: boolean;
  /** An OS disk that lives on the host and is gone with it. */
  readonly ephemeral: boolean;
  readonly writeAccelerator: boolean;
  readonly sizeGiB: number | null;
  readonly modelAde: DiskKeys | null;
  readonly viewAde: readonly DiskKeys[];
  readonly encryptionState: string | null;
};

/**
 * One VM with its instance view, reduced to what the checks and cards need. Codes are
 * Azure's own (`PowerState/running`).
 */
export type VmFacts = {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscription: string;
  readonly region: string;
  /** An Extended Zone (`EdgeZone`) of that region; null: the VM is in the region itself. */
  readonly extendedZone: string | null;
  readonly size: string | null;
  readonly vmId: string | null;
  /** When the VM was made; a VM made again under its old name is younger than its backups. */
  readonly created: Date | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly os: 'Windows' | 'Linux' | null;
  readonly provisioningState: string | null;
  readonly powerState: string | null;
  readonly agent: { readonly status: string | null; readonly version: string | null } | null;
  readonly extensionsAllowed: boolean | null;
  readonly extensions: readonly {
    readonly name: string;
    readonly type: string;
    readonly status: string | null;
    readonly substatus: readonly string[];
  }[];
  readonly securityType: string | null;
  readonly encryptionAtHost: boolean;
  readonly encryptionIdentity: boolean;
  /** The IDs of its network interfaces, the primary one first. */
  readonly interfaceIds: readonly string[];
  readonly disks: readonly AttachedDisk[];
};

/**
 * A VM as lists tell it. `isWhole` false: read alone it would tell more, such as of an agent that the lists are
 * silent on.
 */
export type ListedVm = { readonly vm: VmFacts; readonly isWhole: boolean };
