import { groupIdOf } from '../../core/arm-id.ts';
import type { Ask } from '../../people/rights.ts';
import { placeOf, vmTarget } from '../targets.ts';
import type { RecoverPart } from './plan.ts';

/** The right to recover a key vault, for the VM whose keys are in it. In Azure it is needed on the resource group. */
export function recoverAsks({ does, keyVault, vm, vaultName }: RecoverPart): readonly Ask[] {
  return [
    {
      operation: does,
      target: { ...vmTarget(vm), vault: vaultName, keyVault: keyVault.name },
      also: [{ ...placeOf(keyVault.id), keyVault: keyVault.name }],
      azure: [{ scope: groupIdOf(keyVault.id) ?? keyVault.id, actions: ['Microsoft.KeyVault/vaults/write'] }],
    },
  ];
}
