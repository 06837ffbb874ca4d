import type { Ask } from '../../people/rights.ts';
import { vaultTarget } from '../targets.ts';
import type { PolicyPart } from './plan.ts';

/** The right to make or change a policy in a vault. */
export function policyAsk(operation: PolicyPart['does'], vault: Pick<PolicyPart, 'vaultId' | 'vaultName'>): Ask {
  return { operation, target: vaultTarget(vault.vaultId, vault.vaultName) };
}
