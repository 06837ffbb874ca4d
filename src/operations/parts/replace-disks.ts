import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { minute, second } from '../ground/durations.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';
import { onPoint, restoreAction, restoreMemo, type restoreWaits } from './restore-disks.ts';

/**
 * Having Azure Backup replace a VM's disks by those of a recovery point. `disks` are the IDs of the current disks: if
 * they differ by then, nothing is replaced.
 */
export const replaceDisksPart = z
  .object({ ...onPoint, does: z.literal('replace-disks'), disks: z.array(z.string()).readonly() })
  .readonly();
export type ReplaceDisksPart = z.infer<typeof replaceDisksPart>;

/** What its stages hand over. `onSince`: since when it has been waiting for the VM to be deallocated. */
export const replaceMemo = z.object({ ...restoreMemo.unwrap().shape, onSince: z.string().optional() }).readonly();

/** The types of `replace-disks`. */
export type ReplaceDisks = {
  readonly part: ReplaceDisksPart;
  readonly memo: z.infer<typeof replaceMemo>;
  readonly waits: typeof restoreWaits & typeof replaceWaits;
};

/** How long to wait for a VM whose disks are to be replaced, in milliseconds. */
export const replaceWaits = {
  /** Between two checks whether it is deallocated. */
  offLook: 15 * second,
  /** How long somebody has to deallocate it. */
  offWait: 60 * minute,
};

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
  const places = staging ? [targetOf(staging.id)] : [];
  return (['replace-disks', 'restore-disks'] as const).flatMap((operation) =>
    asksOnVm(operation, part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...places] })),
  );
}
