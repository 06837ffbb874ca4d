/** A storage account, as far as a restore needs one to exist. What is left out is what the recorded account had. */
export type StorageAccountSpec = {
  subscription: string;
  resourceGroup: string;
  name: string;
  location: string;
  created: string;
  /** `Storage` where it is left out. */
  kind?: 'Storage' | 'StorageV2' | 'BlobStorage' | 'BlockBlobStorage';
  /** `Standard_LRS` where it is left out. */
  sku?: string;
  /** Only listed networks get in. */
  firewalled?: boolean;
};

/**
 * A blob. `text` is what it says; a copy of a disk has none and a length instead. UTF-16 is padded with NULs to whole
 * pages, as a page blob is.
 */
export type BlobSpec = {
  account: string;
  container: string;
  name: string;
  made: string;
} & ({ text: string; encoding: 'utf8' | 'utf16le' } | { bytes: number });
