/** Which data disks of a VM somebody chose to back up. Pure. */
import type { DiskChoice } from '../azure/gateway.ts';
import type { AssessedDisk } from './findings/assessment.ts';

/** A data disk and where it is attached: Azure Backup knows it only by its LUN. */
export type DataDisk = { readonly lun: number; readonly name: string };

/**
 * A choice with every data disk that the VM had at the time: once a disk is added, gone or attached elsewhere, the LUNs
 * may mean other disks and the choice is invalid. `only`: disks that are added later are left out too.
 */
export type ChosenDisks = {
  readonly out: readonly DataDisk[];
  readonly taken: readonly DataDisk[];
  readonly only: boolean;
};

/** A VM's data disks by LUN; none if one of them has no LUN, which every managed disk has. */
export function dataDisks(disks: readonly Pick<AssessedDisk, 'name' | 'role' | 'lun'>[]): readonly DataDisk[] {
  const data = disks.filter(({ role }) => role === 'data');
  const known = data.flatMap(({ lun, name }) => (lun === null ? [] : [{ lun, name }]));
  return known.length < data.length ? [] : known.toSorted((a, b) => a.lun - b.lun);
}

/** A choice as Azure stores it; null: all disks, also those that are added later. */
export function choiceOf({ out, taken, only }: ChosenDisks): DiskChoice | null {
  if (only) return { luns: lunsOf(taken), only };
  return out.length === 0 ? null : { luns: lunsOf(out), only };
}

/** Whether the VM has exactly the disks that were chosen from, each where it was. */
export function isChoiceOf({ out, taken }: ChosenDisks, disks: readonly DataDisk[]): boolean {
  const chosen = [...out, ...taken].map(keyOf).toSorted();
  return chosen.join() === disks.map(keyOf).toSorted().join();
}

function lunsOf(disks: readonly DataDisk[]): number[] {
  return disks.map(({ lun }) => lun).toSorted((a, b) => a - b);
}

// Names of managed disks differ in more than case.
function keyOf({ lun, name }: DataDisk): string {
  return `${lun}/${name.toLowerCase()}`;
}
