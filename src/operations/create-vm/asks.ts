import type { Ask } from '../../people/rights.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import { newVmId, type CreateVmPart } from './plan.ts';

/**
 * The right to create a VM from restored disks: on the VM that was backed up, where the new one will be, its network.
 */
export function createVmAsks(part: CreateVmPart): readonly Ask[] {
  const { targetGroup, subnet, name, vm, by } = part;
  const making = [
    ...(by === 'template' ? ['Microsoft.Resources/deployments/write'] : []),
    'Microsoft.Compute/virtualMachines/write',
    'Microsoft.Network/networkInterfaces/write',
  ];
  const azure = [
    { scope: targetGroup.id, actions: making },
    { scope: subnet.id, actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'] },
  ];
  // The new VM has the tags of the one that was backed up.
  const also = [{ ...placeOf(newVmId(part)), vm: name, tags: vm.tags }, placeOf(subnet.id)];
  return asksOnVm('create-vm', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] }));
}
