import type { Ask } from '../../people/rights.ts';
import { newVmId } from '../create-vm/plan.ts';
import { restoreAction } from '../restore-disks/asks.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { RestoreVmPart } from './plan.ts';

/**
 * The right to have a VM created from a recovery point. It does what restoring disks and creating a VM from them do, so
 * rules on either apply to it as well.
 */
export function restoreVmAsks(part: RestoreVmPart): readonly Ask[] {
  const { targetGroup, staging, subnet, name, vm } = part;
  const azure = [
    { scope: part.ref.vaultId, actions: [restoreAction] },
    { scope: targetGroup.id, actions: ['Microsoft.Compute/virtualMachines/write'] },
    { scope: subnet.id, actions: ['Microsoft.Network/virtualNetworks/subnets/join/action'] },
  ];
  // The new VM has the tags of the one that was backed up.
  const also = [{ ...placeOf(newVmId(part)), vm: name, tags: vm.tags }, placeOf(subnet.id), placeOf(staging.id)];
  return (['restore-vm', 'restore-disks', 'create-vm'] as const).flatMap((operation) =>
    asksOnVm(operation, part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] })),
  );
}
