import type { SimState } from '../state/state.ts';
import type { AttachedDiskSpec, DiskSpec } from '../state/state-compute.ts';
import { diskId, same } from '../ids.ts';

/** The managed disk attached to a VM there. */
export function diskOf(state: SimState, disk: AttachedDiskSpec): DiskSpec | undefined {
  // By its name first: an estate has thousands, and to make the ID of each takes longer than to compare it.
  const name = disk.diskId
    ?.split('/')
    .findLast((part) => part !== '')
    ?.toLowerCase();
  return state.disks.find((known) => known.name.toLowerCase() === name && same(diskId(known), disk.diskId));
}
