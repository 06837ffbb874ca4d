/** How many disks there are, and their total size in GiB. The caller decides what an unknown size counts for. */
export type DiskSum = { readonly disks: number; readonly gib: number };

/**
 * Up to these limits, Azure itself puts the settings of Azure Disk Encryption back in a VM that is created from
 * restored disks (azure-docs, backup-azure-vms-encryption: 16 disks, 4 TB). Beyond it, the extension has to be pushed.
 */
export const adeRestoredWhole: DiskSum = { disks: 16, gib: 4096 };

/** Whether that exceeds the limits. */
export function isBeyondAde({ disks, gib }: DiskSum): boolean {
  return disks > adeRestoredWhole.disks || gib > adeRestoredWhole.gib;
}
