import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { onItemWithKeys } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';
import { newVmId } from './create-vm.ts';

/**
 * Checking whether a drill's network has outbound access. `at` the start, nothing has been created yet; once the disks
 * are `restored`, they are first tagged as this drill's. `vm` is the one that was backed up, `name` the new one's.
 */
export const drillPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('drill'),
    at: z.enum(['start', 'restored']),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
    name: z.string(),
    subnet: z.object({ id: z.string(), network: z.string(), name: z.string() }).readonly(),
    /** The operation of the standing approval that the schedule started it on; absent: a person started it. */
    standing: z.string().optional(),
  })
  .readonly();
export type DrillPart = z.infer<typeof drillPart>;

/** What its stages hand over: disks that still have to be tagged, and what opens the network. */
export const drillMemo = z
  .object({
    left: z.array(z.string()).readonly().optional(),
    openings: z
      .array(z.object({ by: z.string(), name: z.string() }).readonly())
      .readonly()
      .optional(),
  })
  .readonly();

/** The types of `drill`. */
export type Drill = { readonly part: DrillPart; readonly memo: z.infer<typeof drillMemo>; readonly waits: object };

/** The right to drill a VM: on the VM that was backed up, where the new one will be, its network. */
export function drillAsks(part: DrillPart): readonly Ask[] {
  const { targetGroup, subnet, name, vm } = part;
  const azure = [{ scope: targetGroup.id, actions: ['Microsoft.Resources/tags/write'] }];
  const also = [{ ...targetOf(newVmId(part)), vm: name, tags: vm.tags }, targetOf(subnet.id)];
  return asksOnVm('drill', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] }));
}
