import type { Ask } from '../../people/rights.ts';
import { placeOf, vmTarget } from '../targets.ts';
import type { GrantPart } from './plan.ts';

/** The permissions needed in Azure on the key vault, by how that gives access. */
const azureActions = {
  policies: ['Microsoft.KeyVault/vaults/accessPolicies/write'],
  roles: ['Microsoft.Authorization/roleAssignments/write'],
} as const;

/** The right to grant access to a key vault, for each VM that it is granted for. */
export function grantAsks({ does, keyVault, vms, by }: GrantPart): readonly Ask[] {
  const azure = [{ scope: keyVault.id, actions: azureActions[by.model] }];
  const also = [{ ...placeOf(keyVault.id), keyVault: keyVault.name }];
  return vms.map((vm) => ({
    operation: does,
    target: { ...vmTarget(vm), vault: vm.vaultName, keyVault: keyVault.name },
    also,
    azure,
  }));
}
