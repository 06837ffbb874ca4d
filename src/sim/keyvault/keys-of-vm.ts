import type { JsonBody } from '../json.ts';
import type { SimState } from '../state/state.ts';
import { diskOf } from '../state/find.ts';
import { same, vmId } from '../ids.ts';
import { encryptionInfo, unlocks } from './encryption-info.ts';

/**
 * What nobody can ask Azure: for each disk of the VM with this name, whether its keys unlock it now, and what a restore
 * of the disks of its newest recovery point would reveal of them. Null if there is no such VM.
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
