import type { Ask } from '../../people/rights.ts';
import { vaultTarget, vmTarget } from '../targets.ts';
import type { CancelPart } from './plan.ts';

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
