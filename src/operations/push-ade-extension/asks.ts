import type { Ask } from '../../people/rights.ts';
import { newVmId } from '../create-vm/plan.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { PushPart } from './plan.ts';

/** The right to push the extension: on the VM that was backed up, and on the new one. */
export function pushAsks(part: PushPart): readonly Ask[] {
  const { targetGroup, name, vm } = part;
  const azure = [{ scope: targetGroup.id, actions: ['Microsoft.Compute/virtualMachines/extensions/write'] }];
  const made = { ...placeOf(newVmId(part)), vm: name, tags: vm.tags };
  return asksOnVm('push-ade-extension', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), made] }));
}
