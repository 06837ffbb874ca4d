import type { ItemSpec } from './state-backup.ts';
import type { SimState } from './state.ts';
import type { World } from './world.ts';
import type { AttachedDiskSpec, DiskSpec, VmSpec } from './state-compute.ts';
import { diskId, same, vmId } from '../ids.ts';

/** The managed disk attached to a VM there. */
export function diskOf(state: SimState, disk: AttachedDiskSpec): DiskSpec | undefined {
  // By its name first: an estate has thousands, and to make the ID of each takes longer than to compare it.
  const name = disk.diskId
    ?.split('/')
    .findLast((part) => part !== '')
    ?.toLowerCase();
  return state.disks.find((known) => known.name.toLowerCase() === name && same(diskId(known), disk.diskId));
}

/** The VM with this id. */
export function findVm(world: World, id: string): VmSpec | undefined {
  return world.state.vms.find((vm) => same(vmId(vm), id));
}

/** The item of this container in this vault. */
export function findItem(world: World, vault: string, container: string): ItemSpec | undefined {
  return world.state.items.find((item) => item.container === container && same(item.vaultId, vault));
}
