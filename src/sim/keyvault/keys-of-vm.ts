import type { JsonBody } from '../json.ts';
import type { SimState } from '../state/state.ts';
import { diskOf } from '../compute/disk-of.ts';
import { same, vmId } from '../ids.ts';
import { encryptionInfo, unlocks } from './encryption-info.ts';

/**
 * What nobody can ask of Azure itself: for each disk of a VM of this name whether its keys unlock it now, and what a
 * restore of the disks of its newest recovery point would hand out of them. Null where there is no such VM.
 */
export function keysOfVm(state: SimState, name: string): JsonBody | null {
  const vm = state.vms.find((known) => same(known.name, name));
  if (!vm) return null;
  const disks = vm.disks.flatMap((attached) => diskOf(state, attached) ?? []);
  const [newest] = state.items.find((item) => same(item.vmId, vmId(vm)))?.points ?? [];
  return {
    disks: disks.map((disk) => ({ name: disk.name, unlocked: unlocks(state, disk) })),
    copied: newest ? encryptionInfo(newest) : null,
  };
}
