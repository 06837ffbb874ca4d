/** The restore of a point: what is checked before, what is requested from Azure, and what it leaves behind. */
import type { ItemRef, OperationRef, Permissions } from './facts.ts';
import type { Attempt, Receipt } from './attempt.ts';

/** A storage account, by what decides whether Azure Backup can stage a restore in it. Null: Azure doesn't say. */
export type StorageAccount = {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** `StorageV2`, `Storage`, `BlobStorage` and so on. */
  readonly kind: string | null;
  readonly sku: string | null;
  /** Only listed networks have access. */
  readonly firewalled: boolean | null;
};

/** A resource group; `managedBy`: the service that made it for itself; null: it is anybody's. */
type ResourceGroup = {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly managedBy: string | null;
};

/**
 * What happens with a point's disks: managed disks in a resource group, a new VM in it, or they replace the VM's own.
 */
type RestoreTo =
  | { readonly makes: 'disks'; readonly groupId: string }
  | {
      readonly makes: 'vm';
      readonly groupId: string;
      readonly vmId: string;
      readonly networkId: string;
      readonly subnetId: string;
    }
  | { readonly makes: 'replacement' };

/** What Azure Backup is to restore: all disks of a point. */
export type RestoreRequest = {
  readonly ref: ItemRef;
  /** The recovery point's name, a number in letters. */
  readonly point: string;
  readonly sourceVmId: string;
  /** The vault's region. */
  readonly region: string;
  readonly to: RestoreTo;
  readonly stagingAccountId: string;
  /** Azure Backup accesses that account with the vault's system-assigned identity, which gets through a firewall. */
  readonly stagesByIdentity: boolean;
  /** How a point that is only in the archive is rehydrated first; null: it isn't there. */
  readonly rehydrate: 'Standard' | 'High' | null;
  /** The request that a Resource Guard requires; null: it guards no restores here. */
  /** Disks with a disk access come back with it: without a word about it, they might come back public. */
  readonly staysPrivate: boolean;
  readonly guardRequest: string | null;
};

/** Azure's verdict on a restore before it runs; empty: it found nothing. Much shows only in the job. */
export type RestoreProblems = readonly {
  readonly code: string | null;
  readonly message: string | null;
  readonly recommendations: readonly string[];
  /** The permission that the restore identity lacks for it; absent: it is another objection. */
  readonly lacks?: string;
  /** Why the keys of the disks can't be brought back into a key vault yet, which is no objection; absent: it is one. */
  readonly keys?: { readonly is: 'shut' | 'taken'; readonly keyVault: string };
}[];

/** One blob of a container of a storage account. */
type BlobRef = { readonly account: string; readonly container: string; readonly blob: string };

/**
 * A managed disk in a resource group, by what shows where it comes from. `holder`: the VM that has it; null: none.
 * `source`: what it was created from. `os`: Azure's word for the system of an OS disk. Otherwise null: Azure doesn't
 * say.
 */
export type GroupDisk = {
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly created: Date | null;
  readonly holder: string | null;
  readonly source: string | null;
  readonly os: string | null;
};

/** What is read before a restore, and to find what it created, by the operating identity. */
export type DiskRestoreReads = {
  /** All disks of a resource group; empty also if there is no such group. */
  disksOfGroup(groupId: string): Promise<readonly GroupDisk[]>;
  storageAccounts(subscription: string): Promise<readonly StorageAccount[]>;
  resourceGroups(subscription: string): Promise<readonly ResourceGroup[]>;
};

/** What the restore identity does with a point, and with what that leaves in the staging account. */
export type DiskRestores = {
  permissions(resourceId: string): Promise<Permissions>;
  /**
   * Asks Azure Backup whether it would do this; waits for its answer for at most a minute, then it is `unavailable`.
   */
  validateRestore(request: RestoreRequest): Promise<RestoreProblems>;
  /** Resolves when Azure has accepted; the operation returns the job. */
  startRestore(request: RestoreRequest, attempt: Attempt): Promise<OperationRef>;
  /**
   * A blob's text in any encoding; null: it doesn't exist. It may contain key material: it is neither stored nor
   * logged. One of more than 8 MB is `garbled`.
   */
  blob(ref: BlobRef): Promise<string | null>;
  /** The names of a container's blobs; empty also if the container doesn't exist. */
  blobs(container: Omit<BlobRef, 'blob'>): Promise<readonly string[]>;
  deleteBlob(ref: BlobRef, attempt: Attempt): Promise<Receipt>;
};
