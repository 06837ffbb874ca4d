import { keyOfId } from '../../../core/arm-id.ts';
import { createVmMemo, createVmPartId, newVmId, ownName } from '../../parts/create-vm.ts';
import { isInGroup } from '../../ground/targets.ts';
import type { Run } from '../../ground/part.ts';
import { restoredIn } from '../../restored/restored.ts';
import type { DeleteDrill } from '../../parts/delete-drill.ts';

type Rows = Pick<Run<DeleteDrill>, 'part' | 'operation' | 'others'>;

/**
 * What a drill created, by their IDs: the VM first, to which the others are attached. Its rows name them; `disks`:
 * those that were restored, if they were found otherwise.
 */
export function madeByDrill(run: Rows, disks = restoredIn(run).disks ?? []): readonly string[] {
  const { part } = run;
  const { made = [] } = createVmMemo.safeParse(run.others(createVmPartId)?.memo).data ?? {};
  const nic = `${part.targetGroup.id}/providers/Microsoft.Network/networkInterfaces/${ownName(run)}-nic`;
  const others = [...made, nic, ...disks].filter(isDeletable);
  const all = [newVmId(part), ...others].filter((id) => isInGroup(id, part.targetGroup.id));
  return [...new Map(all.map((id) => [keyOfId(id), id])).values()];
}

/** Whether it is of a type that drills create: a VM, a disk or a network interface. */
export function isDeletable(id: string): boolean {
  return /\/providers\/Microsoft\.(Compute\/(virtualMachines|disks)|Network\/networkInterfaces)\/[^/]+$/i.test(id);
}
