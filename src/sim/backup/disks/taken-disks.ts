import type { ItemSpec, PointDisk, PointSpec } from '../../state/state-backup.ts';
import type { AttachedDiskSpec, VmSpec } from '../../state/state-compute.ts';

/** Whether backups include a disk; the OS disk is always included. */
export function isTaken({ role, lun }: AttachedDiskSpec, exclusion: ItemSpec['diskExclusion']): boolean {
  return (
    exclusion === undefined || role !== 'data' || exclusion.diskLunList.includes(lun) === exclusion.isInclusionList
  );
}

/** The disks in a backup made now and those left out; nothing if all are included. Azure gives the OS disk LUN -1. */
export function disksOfPoint(vm: VmSpec, exclusion: ItemSpec['diskExclusion']): Pick<PointSpec, 'disks'> {
  if (!exclusion) return {};
  const those = (taken: boolean): PointDisk[] =>
    vm.disks
      .filter((disk) => isTaken(disk, exclusion) === taken)
      .map(({ role, lun, name }) => ({ lun: role === 'os' ? -1 : lun, name }));
  return { disks: { included: those(true), excluded: those(false) } };
}

/** What the job's property bag says about such a backup, as in azure-docs (selective-disk-backup-restore). */
export function bagOfDisks(disks: PointSpec['disks']): Record<string, string> {
  const named = (list: readonly PointDisk[]) => list.map(({ name }) => name).join('; ');
  return disks ? { 'Backed-up disk(s)': named(disks.included), 'Excluded disk(s)': named(disks.excluded) } : {};
}
