import { z } from 'zod';
import { onItemWithKeys } from '../part.ts';
import type { deleteDrillWaits } from './waits.ts';

/**
 * Deleting what a drill has made: the VM `name`, its network interface and its disks, in `targetGroup`. `keepMs`: how
 * long it is kept before that, once the VM was made. `left`: a drill that has ended left this, by the id of its
 * operation, with what its rows name; absent: it is the end of the drill itself.
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

/** What its stages hand to one another. */
export const deleteDrillMemo = z
  .object({
    /** What is to be deleted still, the next first; since when Azure has been asked for that, and for which time. */
    left: z.array(z.string()).readonly().optional(),
    since: z.string().optional(),
    tries: z.number().optional(),
    deleted: z.array(z.string()).readonly().optional(),
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
