import { z } from 'zod';
import { intoGroup, type restoreMemo } from '../restore-disks/plan.ts';
import type { restoreWaits } from '../restore-disks/waits.ts';

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
