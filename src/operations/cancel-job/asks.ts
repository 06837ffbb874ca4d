import type { Ask } from '../../people/rights.ts';
import { vaultTarget, vmTarget } from '../targets.ts';
import type { CancelPart } from './plan.ts';

/** What somebody needs in Azure on the Recovery Services vault of the job. */
const azureActions = ['Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action'];

/** The right to cancel a job: that of the person who started it, or an administrator's. */
export function cancelAsk(part: Pick<CancelPart, 'vm' | 'vaultId' | 'vaultName' | 'startedBy'>): Ask {
  return {
    operation: 'cancel-job',
    target: { ...vmTarget(part.vm), vault: part.vaultName },
    also: [vaultTarget(part.vaultId, part.vaultName)],
    startedBy: part.startedBy,
    azure: [{ scope: part.vaultId, actions: azureActions }],
  };
}
