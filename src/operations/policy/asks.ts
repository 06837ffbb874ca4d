import type { Ask } from '../../people/rights.ts';
import { vaultTarget } from '../targets.ts';
import type { PolicyPart } from './plan.ts';

/** The permissions needed in Azure on the policy's Recovery Services vault. */
const azureActions = ['Microsoft.RecoveryServices/Vaults/backupPolicies/write'];

/** The right to create or change a policy in a vault. */
export function policyAsk(operation: PolicyPart['does'], vault: Pick<PolicyPart, 'vaultId' | 'vaultName'>): Ask {
  const azure = [{ scope: vault.vaultId, actions: azureActions }];
  return { operation, target: vaultTarget(vault.vaultId, vault.vaultName), azure };
}
