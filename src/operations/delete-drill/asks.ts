import type { Ask } from '../../people/rights.ts';
import { newVmId } from '../create-vm/plan.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { DeleteDrillPart } from './plan.ts';

/** The right to delete what a drill created: on the VM that was backed up, and where the new one is. */
export function deleteDrillAsks(part: DeleteDrillPart): readonly Ask[] {
  const actions = ['Microsoft.Compute/virtualMachines/delete', 'Microsoft.Compute/disks/delete'];
  const azure = [{ scope: part.targetGroup.id, actions }];
  const also = [{ ...placeOf(newVmId(part)), vm: part.name, tags: part.vm.tags }];
  return asksOnVm('delete-drill', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] }));
}
