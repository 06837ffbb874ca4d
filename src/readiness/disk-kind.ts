/** What the kinds of a VM's disks ask of a policy and forbid altogether. */
import type { DiskPicture } from './encryption.ts';

/** The names of the disks with one trait each. */
export type DiskTraits = {
  readonly unmanaged: readonly string[];
  readonly entraAccess: readonly string[];
  readonly shared: readonly string[];
  readonly enhancedOnly: readonly string[];
};

/** Sorts the disks by what decides over them. */
export function diskTraits(disks: readonly DiskPicture[]): DiskTraits {
  const named = (which: (disk: DiskPicture) => boolean) => disks.filter(which).map((disk) => disk.name);
  return {
    unmanaged: named((disk) => disk.attached.unmanaged),
    entraAccess: named((disk) => /^azureactivedirectory$/i.test(disk.facts?.dataAccessAuthMode ?? '')),
    shared: named((disk) => (disk.facts?.maxShares ?? 1) > 1),
    enhancedOnly: named((disk) => /^(ultrassd|premiumv2)_/i.test(disk.facts?.sku ?? '')),
  };
}
