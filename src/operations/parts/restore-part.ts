import type { ReplaceDisksPart } from './replace-disks.ts';
import type { RestoreDisksPart } from './restore-disks.ts';
import type { RestoreVmPart } from './restore-vm.ts';

/** A part that has Azure Backup restore a point. */
export type RestorePart = RestoreDisksPart | RestoreVmPart | ReplaceDisksPart;
