/** The restore of a point: what is checked before, what Azure is asked, and what it leaves behind. */
import type { ItemRef, OperationRef, Permissions } from './facts.ts';
import type { Attempt, Receipt } from './attempt.ts';

/** A storage account, by what decides whether Azure Backup can stage a restore in it. Null: Azure did not say. */
export type StorageAccount = {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  /** `StorageV2`, `Storage`, `BlobStorage` and so on. */
  readonly kind: string | null;
  readonly sku: string | null;
  /** Only listed networks get in. */
  readonly firewalled: boolean | null;
};

/** A resource group. */
type ResourceGroup = { readonly id: string; readonly name: string; readonly region: string };

/**
 * What becomes of the disks of a point: managed disks in a resource group, a new VM in it, or they replace those of the
 * VM.
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

/** What Azure Backup is asked to bring back: all disks of a point. */
export type RestoreRequest = {
  readonly ref: ItemRef;
  /** The recovery point's name, a number in letters. */
  readonly point: string;
  readonly sourceVmId: string;
  /** The vault's region. */
  readonly region: string;
  readonly to: RestoreTo;
  readonly stagingAccountId: string;
  /** Azure Backup goes to that account as the vault's system-assigned identity, which a firewall can let through. */
  readonly stagesByIdentity: boolean;
  /** How a point that is only in the archive is brought back first; null: it is not there. */
  readonly rehydrate: 'Standard' | 'High' | null;
  /** The request that a Resource Guard wants named; null: it guards no restores here. */
  readonly guardRequest: string | null;
};

/** Azure's verdict on a restore before it runs; empty: it found nothing. Much is found only in the job. */
export type RestoreProblems = readonly {
  readonly code: string | null;
  readonly message: string | null;
  readonly recommendations: readonly string[];
}[];

/** One blob of a container of a storage account. */
type BlobRef = { readonly account: string; readonly container: string; readonly blob: string };

/** What is read before a restore, by the operating identity. */
export type DiskRestoreReads = {
  storageAccounts(subscription: string): Promise<readonly StorageAccount[]>;
  resourceGroups(subscription: string): Promise<readonly ResourceGroup[]>;
};

/** What the restore identity does with a point, and with what that leaves in the staging account. */
export type DiskRestores = {
  permissions(resourceId: string): Promise<Permissions>;
  /** Asks Azure Backup whether it would do this; waits for its answer, a minute at most, then it is `unavailable`. */
  validateRestore(request: RestoreRequest): Promise<RestoreProblems>;
  /** Resolves when Azure has accepted; the job comes with the operation. */
  startRestore(request: RestoreRequest, attempt: Attempt): Promise<OperationRef>;
  /**
   * The text of a blob, whatever it is encoded in; null: it is not there. It may contain key material: it is neither
   * kept nor logged. One of more than 8 MB is `garbled`.
   */
  blob(ref: BlobRef): Promise<string | null>;
  /** The names of the blobs of a container; empty: it is not there either. */
  blobs(container: Omit<BlobRef, 'blob'>): Promise<readonly string[]>;
  deleteBlob(ref: BlobRef, attempt: Attempt): Promise<Receipt>;
};
