import type { Ask } from '../../people/rights.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { RestoreDisksPart } from './plan.ts';

/** Azure's name for restoring a recovery point. */
export const restoreAction =
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action';

/** As far as it is known before it is chosen where they go. */
export function restoreFromAsks(
  part: Pick<RestoreDisksPart, 'vm' | 'keyVaults' | 'ref' | 'vaultName'>,
): readonly Ask[] {
  return asksOnVm('restore-disks', part, [{ scope: part.ref.vaultId, actions: [restoreAction] }]);
}

/** The right to restore a VM's disks: on the VM and its vault, and where the disks and their files will be. */
export function restoreDisksAsks(part: RestoreDisksPart): readonly Ask[] {
  const azure = [
    { scope: part.ref.vaultId, actions: [restoreAction] },
    { scope: part.targetGroup.id, actions: ['Microsoft.Compute/disks/write'] },
    { scope: part.staging.id, actions: ['Microsoft.Storage/storageAccounts/write'] },
  ];
  const places = [placeOf(`${part.targetGroup.id}/providers/Microsoft.Compute/disks/any`), placeOf(part.staging.id)];
  return asksOnVm('restore-disks', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...places] }));
}
