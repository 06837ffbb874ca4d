/** A storage account, as far as a restore needs it. What is left out is as in the recorded account. */
export type StorageAccountSpec = {
  subscription: string;
  resourceGroup: string;
  name: string;
  location: string;
  created: string;
  /** `Storage` if absent. */
  kind?: 'Storage' | 'StorageV2' | 'BlobStorage' | 'BlockBlobStorage';
  /** `Standard_LRS` if absent. */
  sku?: string;
  /** Only listed networks have access. */
  firewalled?: boolean;
};

/**
 * A blob. `text` is its content; a copy of a disk has a length instead. UTF-16 is padded with NULs to whole pages, like
 * a page blob.
 */
export type BlobSpec = {
  account: string;
  container: string;
  name: string;
  made: string;
} & ({ text: string; encoding: 'utf8' | 'utf16le' } | { bytes: number });
