import type { Ask } from '../../people/rights.ts';
import { newVmId } from '../create-vm/plan.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { DrillPart } from './plan.ts';

/** The right to drill a VM: on the VM that was backed up, where the new one will be, its network. */
export function drillAsks(part: DrillPart): readonly Ask[] {
  const { targetGroup, subnet, name, vm } = part;
  const azure = [{ scope: targetGroup.id, actions: ['Microsoft.Resources/tags/write'] }];
  const also = [{ ...placeOf(newVmId(part)), vm: name, tags: vm.tags }, placeOf(subnet.id)];
  return asksOnVm('drill', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] }));
}
