import type { Ask } from '../../people/rights.ts';
import { restoreAction } from '../restore-disks/asks.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { ReplaceDisksPart } from './plan.ts';

/** The targets of the right; `staging` null: not chosen yet. */
type Replaced = Pick<ReplaceDisksPart, 'vm' | 'keyVaults' | 'ref' | 'vaultName'> & {
  readonly staging: ReplaceDisksPart['staging'] | null;
};

/** The right to replace a VM's disks. Rules about restoring its disks apply to it as well. */
export function replaceDisksAsks({ staging, ...part }: Replaced): readonly Ask[] {
  const azure = [
    { scope: part.ref.vaultId, actions: [restoreAction] },
    { scope: part.vm.id, actions: ['Microsoft.Compute/virtualMachines/write'] },
    ...(staging ? [{ scope: staging.id, actions: ['Microsoft.Storage/storageAccounts/write'] }] : []),
  ];
  const places = staging ? [placeOf(staging.id)] : [];
  return (['replace-disks', 'restore-disks'] as const).flatMap((operation) =>
    asksOnVm(operation, part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...places] })),
  );
}
