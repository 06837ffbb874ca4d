import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { onItemWithKeys } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';
import { stagedFiles } from './restore-disks.ts';

/**
 * Deleting what a restore left in its staging account. `vm` is the one that was backed up; `newVm` the one that the
 * same plan creates, null: none. `from` is what the restore created; null: the restore is part of the same plan.
 * `ifAny`: for a restore that usually leaves nothing there.
 */
export const cleanUpPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('clean-up-staging'),
    staging: z.object({ id: z.string(), name: z.string() }).readonly(),
    newVm: z.string().nullable(),
    ifAny: z.literal(true).optional(),
    /** It is the end of a drill. */
    drill: z.literal(true).optional(),
    from: z
      .object({
        disks: z.array(z.string()).readonly().nullable(),
        staged: stagedFiles,
        /** The digest of the plan that the restore was part of: its approval covers this too. */
        plan: z.string().optional(),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
export type CleanUpPart = z.infer<typeof cleanUpPart>;

/** What its stages hand over: names of blobs, and how many others stay. */
export const cleanUpMemo = z
  .object({
    left: z.array(z.string()).readonly().optional(),
    deleted: z.array(z.string()).readonly().optional(),
    others: z.number().optional(),
  })
  .readonly();

/** The types of `clean-up-staging`. */
export type CleanUp = {
  readonly part: CleanUpPart;
  readonly memo: z.infer<typeof cleanUpMemo>;
  readonly waits: object;
};

/** The right to delete what a restore left: on the VM that was backed up, and its staging account. */
export function cleanUpAsks(part: CleanUpPart): readonly Ask[] {
  const dataActions = ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'];
  const azure = [{ scope: part.staging.id, actions: [], dataActions }];
  return asksOnVm('clean-up-staging', part, azure).map((ask) => ({
    ...ask,
    also: [...(ask.also ?? []), targetOf(part.staging.id)],
  }));
}
