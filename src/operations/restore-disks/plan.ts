import { z } from 'zod';
import { partBase, plannedItem, plannedKeyVault, plannedVm } from '../part.ts';
import type { restoreWaits } from './waits.ts';

/**
 * Restoring the disks of a recovery point into a resource group. `keyVaults` hold the keys of the VM's disks; null:
 * unread. `encrypted` as Azure tells it of the point. `guardRequest` is what a Resource Guard wants named; null: it
 * guards no restores, or there is none. `reason` is why, in the words of whoever asked.
 */
export const restoreDisksPart = z
  .object({
    ...partBase,
    does: z.literal('restore-disks'),
    vm: plannedVm,
    keyVaults: z.array(plannedKeyVault).readonly().nullable(),
    ref: plannedItem,
    vaultName: z.string(),
    /** The vault's. */
    region: z.string(),
    point: z.object({ name: z.string(), time: z.string(), encrypted: z.boolean().nullable() }).readonly(),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
    staging: z.object({ id: z.string(), name: z.string() }).readonly(),
    guardRequest: z.string().nullable(),
    reason: z.string(),
  })
  .readonly();
export type RestoreDisksPart = z.infer<typeof restoreDisksPart>;

/** What its stages hand to one another. */
export const restoreDisksMemo = z
  .object({
    operationId: z.string().optional(),
    requestId: z.string().nullable().optional(),
    jobId: z.string().optional(),
    /** Azure's percentage, from 0 to 100; null: it told none. */
    percent: z.number().nullable().optional(),
    /** How often the job could not be found, and then what it made not be read. */
    missed: z.number().optional(),
    /** The names of the disks that were made; null: that could not be read. */
    disks: z.array(z.string()).readonly().nullable().optional(),
    /** The container of the staging account with what goes with the disks. */
    container: z.string().nullable().optional(),
  })
  .readonly();

/** The types of `restore-disks`. */
export type RestoreDisks = {
  readonly part: RestoreDisksPart;
  readonly memo: z.infer<typeof restoreDisksMemo>;
  readonly waits: typeof restoreWaits;
};
