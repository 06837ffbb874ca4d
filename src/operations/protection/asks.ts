import type { Ask } from '../../people/rights.ts';
import { vaultTarget, vmTarget } from '../targets.ts';
import type { ProtectionPart } from './plan.ts';

const writeItem = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write';
/** Azure also requires these on the VM when its backups are resumed. */
const onVm = ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/virtualMachines/write'];

/** The right to stop, resume or undelete the backups of a VM. */
export function protectionAsk({ does, vm, ref, vaultName }: ProtectionPart): Ask {
  const azure = [{ scope: ref.vaultId, actions: [writeItem] }];
  return {
    operation: does,
    target: { ...vmTarget(vm), vault: vaultName },
    also: [vaultTarget(ref.vaultId, vaultName)],
    azure: does === 'resume-protection' ? [...azure, { scope: vm.id, actions: onVm }] : azure,
  };
}
