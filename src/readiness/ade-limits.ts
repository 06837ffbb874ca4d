/**
 * How many disks, and how much on them in GiB. Of a size that could not be read its caller says what it counts for.
 */
export type DiskSum = { readonly disks: number; readonly gib: number };

/**
 * Up to these limits, Azure itself puts the settings of Azure Disk Encryption back in a VM that is created from
 * restored disks (azure-docs, backup-azure-vms-encryption: 16 disks, 4 TB). Beyond it, the extension has to be pushed.
 */
export const adeRestoredWhole: DiskSum = { disks: 16, gib: 4096 };

/** Whether that is beyond it. */
export function isBeyondAde({ disks, gib }: DiskSum): boolean {
  return disks > adeRestoredWhole.disks || gib > adeRestoredWhole.gib;
}
