import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';
import { newVmId } from './create-vm.ts';
import { intoGroup, restoreAction, type restoreMemo, type restoreWaits } from './restore-disks.ts';

/**
 * Having Azure Backup create a new VM from a recovery point, which it does if the disks have no Azure Disk Encryption.
 * `vm` is the one that was backed up, `name` the new one's, which gets an interface in `subnet`.
 */
export const restoreVmPart = z
  .object({
    ...intoGroup,
    does: z.literal('restore-vm'),
    name: z.string(),
    subnet: z.object({ id: z.string(), network: z.string(), name: z.string() }).readonly(),
  })
  .readonly();
export type RestoreVmPart = z.infer<typeof restoreVmPart>;

/** The types of `restore-vm`. */
export type RestoreVm = {
  readonly part: RestoreVmPart;
  readonly memo: z.infer<typeof restoreMemo>;
  readonly waits: typeof restoreWaits;
};

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
  const also = [{ ...targetOf(newVmId(part)), vm: name, tags: vm.tags }, targetOf(subnet.id), targetOf(staging.id)];
  return (['restore-vm', 'restore-disks', 'create-vm'] as const).flatMap((operation) =>
    asksOnVm(operation, part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] })),
  );
}
