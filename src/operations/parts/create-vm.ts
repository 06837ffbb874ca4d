import { z } from 'zod';
import type { VmFacts } from '../../azure/gateway.ts';
import { sameId } from '../../core/arm-id.ts';
import type { Ask } from '../../people/rights.ts';
import { second } from '../ground/durations.ts';
import { onItemWithKeys, type Run } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';

/**
 * Creating a VM from the disks that a restore created: by the template that it left, or, if the point has none, by one
 * call for its interface and one for the VM. `vm` is the one that was backed up, `name` the new one's, which gets an
 * interface in `subnet`. `keyVaults` hold the keys of its disks; null: unread.
 */
export const createVmPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('create-vm'),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
    name: z.string(),
    /** Absent: the size that it had. `maxDataDisks` null: Azure didn't say. */
    size: z
      .object({ name: z.string(), was: z.string().nullable(), maxDataDisks: z.number().nullable() })
      .readonly()
      .optional(),
    by: z.enum(['template', 'calls']).default('template'),
    /** It is a drill: it gets no public address, has the drill's tag, and is deleted again. */
    drill: z.literal(true).optional(),
    subnet: z.object({ id: z.string(), network: z.string(), name: z.string() }).readonly(),
  })
  .readonly();
export type CreateVmPart = z.infer<typeof createVmPart>;

/** What its stages hand over. */
export const createVmMemo = z
  .object({
    /** What will be created, according to Azure's what-if. */
    expected: z.array(z.string()).readonly().optional(),
    /** The digest of the deployment that Azure checked, or of the VM that is created by calls. */
    seen: z.string().optional(),
    /** The IDs of what was created, even if it failed afterwards. */
    made: z.array(z.string()).readonly().optional(),
    /** The IDs of what failed attempts before this one created, which the VM doesn't use. */
    left: z.array(z.string()).readonly().optional(),
    missed: z.number().optional(),
  })
  .readonly();

/** The part's ID in a restore's plan. */
export const createVmPartId = 'create-vm';

/** The id that the new VM has. */
export function newVmId({ targetGroup, name }: Pick<CreateVmPart, 'targetGroup' | 'name'>): string {
  return `${targetGroup.id}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

/** The types of `create-vm`. */
export type CreateVm = {
  readonly part: CreateVmPart;
  readonly memo: z.infer<typeof createVmMemo>;
  readonly waits: typeof createVmWaits;
};

/** New names for what is created along with it: an earlier restore of the VM may have used the others. */
export function ownName({ part, operation }: { readonly part: { readonly name: string }; readonly operation: string }) {
  return `${part.name}-${operation.slice(0, 8)}`;
}

/** The memo with which a VM is created anew: nothing that an earlier attempt created is used again. */
export function createdAnew({ part, memo }: Pick<Run<CreateVm>, 'part' | 'memo'>): CreateVm['memo'] {
  const left = [...(memo.left ?? []), ...(memo.made ?? [])].filter((id) => !sameId(id, newVmId(part)));
  return left.length > 0 ? { left } : {};
}

/** Whether a VM with that name has one of the restored disks: then an earlier attempt created it. */
export function isOfRestore(restored: readonly string[], { disks }: VmFacts): boolean {
  return disks.some(({ id }) => id !== null && restored.some((disk) => sameId(disk, id)));
}

/** How long creating a VM waits for Azure, in milliseconds. */
export const createVmWaits = {
  /** Between two looks at its deployment. */
  deployment: 10 * second,
};

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
  const also = [{ ...targetOf(newVmId(part)), vm: name, tags: vm.tags }, targetOf(subnet.id)];
  return asksOnVm('create-vm', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] }));
}

/** A subnet with its virtual network. */
export function subnetText({ subnet }: Pick<CreateVmPart, 'subnet'>): string {
  return `${subnet.network}/${subnet.name}`;
}
