import type { SimState } from '../state/state.ts';
import type { AttachedDiskSpec, DiskSpec } from '../state/state-compute.ts';
import { diskId, same } from '../ids.ts';

/** The managed disk attached to a VM there. */
export function diskOf(state: SimState, disk: AttachedDiskSpec): DiskSpec | undefined {
  return state.disks.find((known) => same(diskId(known), disk.diskId));
}
