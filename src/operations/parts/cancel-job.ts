import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { partBase, plannedVm } from '../ground/part.ts';
import { vaultTarget, vmTarget } from '../ground/targets.ts';

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
type CancelPart = z.infer<typeof cancelPart>;

/** Its stages hand nothing over. */
export const cancelMemo = z.object({}).readonly();

/** The types of `cancel-job`. */
export type Cancel = { readonly part: CancelPart; readonly memo: z.infer<typeof cancelMemo>; readonly waits: object };

/** The permissions needed in Azure on the job's Recovery Services vault. */
const azureActions = ['Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action'];

/** The right to cancel a job: that of whoever started it, or an administrator's. */
export function cancelAsk(part: Pick<CancelPart, 'vm' | 'vaultId' | 'vaultName' | 'startedBy'>): Ask {
  return {
    operation: 'cancel-job',
    target: { ...vmTarget(part.vm), vault: part.vaultName },
    also: [vaultTarget(part.vaultId, part.vaultName)],
    startedBy: part.startedBy,
    azure: [{ scope: part.vaultId, actions: azureActions }],
  };
}
