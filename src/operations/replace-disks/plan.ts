import { z } from 'zod';
import { onPoint, restoreMemo } from '../restore-disks/plan.ts';
import type { restoreWaits } from '../restore-disks/waits.ts';
import type { replaceWaits } from './waits.ts';

/**
 * Having Azure Backup replace a VM's disks by those of a recovery point. `disks` are the IDs of the current disks: if
 * they differ by then, nothing is replaced.
 */
export const replaceDisksPart = z
  .object({ ...onPoint, does: z.literal('replace-disks'), disks: z.array(z.string()).readonly() })
  .readonly();
export type ReplaceDisksPart = z.infer<typeof replaceDisksPart>;

/** What its stages hand over. `onSince`: since when it has been waiting for the VM to be deallocated. */
export const replaceMemo = z.object({ ...restoreMemo.unwrap().shape, onSince: z.string().optional() }).readonly();

/** The types of `replace-disks`. */
export type ReplaceDisks = {
  readonly part: ReplaceDisksPart;
  readonly memo: z.infer<typeof replaceMemo>;
  readonly waits: typeof restoreWaits & typeof replaceWaits;
};
