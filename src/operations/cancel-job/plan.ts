import { z } from 'zod';
import { partBase, plannedVm } from '../part.ts';

/**
 * Asking Azure to cancel one running job. `startedBy` is the ID of the person who started it here; null: nobody did.
 */
export const cancelPart = z
  .object({
    ...partBase,
    does: z.literal('cancel-job'),
    vm: plannedVm,
    vaultId: z.string(),
    vaultName: z.string(),
    jobId: z.string(),
    startedBy: z.string().nullable(),
  })
  .readonly();
export type CancelPart = z.infer<typeof cancelPart>;

/** Its stages hand nothing over. */
export const cancelMemo = z.object({}).readonly();

/** The types of `cancel-job`. */
export type Cancel = { readonly part: CancelPart; readonly memo: z.infer<typeof cancelMemo>; readonly waits: object };
