/** What the kinds of a VM's disks ask of a policy and forbid altogether. */
import type { ProtectedItem } from '../azure/gateway.ts';
import type { DiskPicture } from './encryption.ts';

/** The names of the disks with one trait each. */
export type DiskTraits = {
  readonly unmanaged: readonly string[];
  readonly entraAccess: readonly string[];
  readonly shared: readonly string[];
  /** The shared ones that the backups of a protected VM do not leave out. */
  readonly sharedInBackup: readonly DiskPicture[];
  readonly enhancedOnly: readonly string[];
};

/** Sorts the disks by what decides over them; `choice`: the disks that the backups of the VM take. */
export function diskTraits(disks: readonly DiskPicture[], choice: ProtectedItem['diskChoice'] = null): DiskTraits {
  const named = (which: (disk: DiskPicture) => boolean) => disks.filter(which).map((disk) => disk.name);
  return {
    unmanaged: named((disk) => disk.attached.unmanaged),
    entraAccess: named((disk) => /^azureactivedirectory$/i.test(disk.facts?.dataAccessAuthMode ?? '')),
    shared: named(isShared),
    sharedInBackup: disks.filter((disk) => isShared(disk) && isTaken(disk, choice)),
    enhancedOnly: named((disk) => /^(ultrassd|premiumv2)_/i.test(disk.facts?.sku ?? '')),
  };
}

function isShared({ facts }: DiskPicture): boolean {
  return (facts?.maxShares ?? 1) > 1;
}

// The OS disk is always taken.
function isTaken({ attached: { lun } }: DiskPicture, choice: ProtectedItem['diskChoice']): boolean {
  return choice === null || lun === null || choice.luns.includes(lun) === choice.only;
}
