/** What the kinds of a VM's disks require of a policy, and what they rule out. */
import { takesDisk, type DiskChoice } from '../azure/gateway.ts';
import type { DiskPicture } from './encryption.ts';

/** The names of the disks with each trait. */
export type DiskTraits = {
  readonly unmanaged: readonly string[];
  readonly entraAccess: readonly string[];
  readonly shared: readonly string[];
  /** The shared ones that the backups include. */
  readonly sharedInBackup: readonly DiskPicture[];
  readonly enhancedOnly: readonly string[];
  /** Those that are too large to be backed up, and are left out. */
  readonly tooLargeLeftOut: readonly string[];
};

const largestAdeGiB = 4096;
const largestGiB = 65_536;

/** Sorts the disks by what matters for backups; `choice`: the disks that the VM's backups include. */
export function diskTraits(disks: readonly DiskPicture[], choice: DiskChoice | null = null): DiskTraits {
  const named = (which: (disk: DiskPicture) => boolean) => disks.filter(which).map((disk) => disk.name);
  return {
    unmanaged: named((disk) => disk.attached.unmanaged),
    entraAccess: named((disk) => /^azureactivedirectory$/i.test(disk.facts?.dataAccessAuthMode ?? '')),
    shared: named(isShared),
    sharedInBackup: disks.filter((disk) => isShared(disk) && takesDisk(choice, disk.attached.lun)),
    enhancedOnly: named((disk) => /^(ultrassd|premiumv2)_/i.test(disk.facts?.sku ?? '')),
    tooLargeLeftOut: named((disk) => isTooLarge(disk) && !takesDisk(choice, disk.attached.lun)),
  };
}

/** Whether other VMs can attach the disk too. */
export function isShared({ facts }: DiskPicture): boolean {
  return (facts?.maxShares ?? 1) > 1;
}

/** The largest disk that Azure Backup supports, in GiB: less with Azure Disk Encryption. */
export function sizeLimit({ keys }: DiskPicture): number {
  return keys.length > 0 ? largestAdeGiB : largestGiB;
}

/** Whether a disk is larger than that; an unknown size is not. */
export function isTooLarge(disk: DiskPicture): boolean {
  return (disk.sizeGiB ?? 0) > sizeLimit(disk);
}
