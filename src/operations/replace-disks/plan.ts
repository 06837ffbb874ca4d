import { z } from 'zod';
import { onPoint, restoreMemo } from '../restore-disks/plan.ts';
import type { restoreWaits } from '../restore-disks/waits.ts';
import type { replaceWaits } from './waits.ts';

/**
 * Having Azure Backup put the disks of a recovery point in the place of those that the VM has. `disks` are the ids of
 * these: with others nothing is replaced.
 */
export const replaceDisksPart = z
  .object({ ...onPoint, does: z.literal('replace-disks'), disks: z.array(z.string()).readonly() })
  .readonly();
export type ReplaceDisksPart = z.infer<typeof replaceDisksPart>;

/** What its stages hand to one another. `onSince`: since when the VM is waited for to be deallocated. */
export const replaceMemo = z.object({ ...restoreMemo.unwrap().shape, onSince: z.string().optional() }).readonly();

/** The types of `replace-disks`. */
export type ReplaceDisks = {
  readonly part: ReplaceDisksPart;
  readonly memo: z.infer<typeof replaceMemo>;
  readonly waits: typeof restoreWaits & typeof replaceWaits;
};
