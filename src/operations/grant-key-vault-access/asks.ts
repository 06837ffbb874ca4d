import type { Ask } from '../../people/rights.ts';
import { placeOf, vmTarget } from '../targets.ts';
import type { GrantPart } from './plan.ts';

/** The right to grant access to a key vault, for each VM that it is granted for. */
export function grantAsks({ does, keyVault, vms }: GrantPart): readonly Ask[] {
  const also = [{ ...placeOf(keyVault.id), keyVault: keyVault.name }];
  return vms.map((vm) => ({
    operation: does,
    target: { ...vmTarget(vm), vault: vm.vaultName, keyVault: keyVault.name },
    also,
  }));
}
