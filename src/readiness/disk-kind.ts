/** What the kinds of a VM's disks ask of a policy and forbid altogether. */
import { takesDisk, type DiskChoice } from '../azure/gateway.ts';
import type { DiskPicture } from './encryption.ts';

/** The names of the disks with one trait each. */
export type DiskTraits = {
  readonly unmanaged: readonly string[];
  readonly entraAccess: readonly string[];
  readonly shared: readonly string[];
  /** The shared ones that the backups do not leave out. */
  readonly sharedInBackup: readonly DiskPicture[];
  readonly enhancedOnly: readonly string[];
  /** Those that are too large to be backed up, and are left out. */
  readonly tooLargeLeftOut: readonly string[];
};

const largestAdeGiB = 4096;
const largestGiB = 65_536;

/** Sorts the disks by what decides over them; `choice`: the disks that the backups of the VM take. */
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

/** Whether other VMs can attach a disk too. */
export function isShared({ facts }: DiskPicture): boolean {
  return (facts?.maxShares ?? 1) > 1;
}

/** The largest disk that Azure Backup takes, in GiB: less where Azure Disk Encryption encrypts it. */
export function sizeLimit({ keys }: DiskPicture): number {
  return keys.length > 0 ? largestAdeGiB : largestGiB;
}

/** Whether a disk is larger than that; of an unknown size nothing is said. */
export function isTooLarge(disk: DiskPicture): boolean {
  return (disk.sizeGiB ?? 0) > sizeLimit(disk);
}
