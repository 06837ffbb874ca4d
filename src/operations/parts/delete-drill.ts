import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { minute, second } from '../ground/durations.ts';
import { onItemWithKeys } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';
import { newVmId } from './create-vm.ts';

/**
 * Deleting what a drill created: the VM `name`, its network interface and its disks, in `targetGroup`. `keepMs`: how
 * long it is kept after the VM was created. `left`: an ended drill left this, by the ID of its operation, with what its
 * rows name; absent: it is the end of the drill itself.
 */
export const deleteDrillPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('delete-drill'),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
    name: z.string(),
    keepMs: z.number(),
    left: z
      .object({ drill: z.string(), ids: z.array(z.string()).readonly() })
      .readonly()
      .optional(),
  })
  .readonly();
export type DeleteDrillPart = z.infer<typeof deleteDrillPart>;

/** What its stages hand over. */
export const deleteDrillMemo = z
  .object({
    /**
     * What still has to be deleted, the next one first; since when its deletion has been requested, and how many times.
     */
    left: z.array(z.string()).readonly().optional(),
    since: z.string().optional(),
    tries: z.number().optional(),
    deleted: z.array(z.string()).readonly().optional(),
    /** The IDs of everything that the drill created, once that is known: what is deleted can't be found again. */
    made: z.array(z.string()).readonly().optional(),
    /** What isn't deleted because others' things are attached to it, with their IDs. */
    kept: z
      .array(z.object({ id: z.string(), has: z.array(z.string()).readonly() }).readonly())
      .readonly()
      .optional(),
    /** What has the name of something of this drill, but not its tag. */
    spared: z.array(z.string()).readonly().optional(),
  })
  .readonly();

/** The types of `delete-drill`. */
export type DeleteDrill = {
  readonly part: DeleteDrillPart;
  readonly memo: z.infer<typeof deleteDrillMemo>;
  readonly waits: typeof deleteDrillWaits;
};

/** How long a deletion waits for Azure, in milliseconds. */
export const deleteDrillWaits = {
  /** Between two looks at what is being deleted, and how long that may take before it is requested again. */
  deleteLook: 10 * second,
  deleteTakes: 15 * minute,
};

/** The right to delete what a drill created: on the VM that was backed up, and where the new one is. */
export function deleteDrillAsks(part: DeleteDrillPart): readonly Ask[] {
  const actions = ['Microsoft.Compute/virtualMachines/delete', 'Microsoft.Compute/disks/delete'];
  const azure = [{ scope: part.targetGroup.id, actions }];
  const also = [{ ...targetOf(newVmId(part)), vm: part.name, tags: part.vm.tags }];
  return asksOnVm('delete-drill', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...also] }));
}
