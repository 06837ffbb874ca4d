import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { second } from '../ground/durations.ts';
import { onItemWithKeys } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';
import type { checkVmWaits } from './check-vm.ts';
import { newVmId } from './create-vm.ts';

/**
 * Having the Azure Disk Encryption extension restore its settings in a VM that was created from restored disks. `vm` is
 * the one that was backed up, `name` the new one's.
 */
export const pushPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('push-ade-extension'),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
    name: z.string(),
  })
  .readonly();
export type PushPart = z.infer<typeof pushPart>;

/** What its stages hand over. */
export const pushMemo = z
  .object({
    os: z.enum(['Windows', 'Linux']).optional(),
    /** Why nothing was pushed; absent: it was, or that isn't decided. */
    spared: z.enum(['few-disks', 'no-keys', 'entra-app']).optional(),
    /** The places of the keys, for the command that a person runs. */
    keys: z
      .object({ keyVaultId: z.string(), kek: z.object({ url: z.string(), vaultId: z.string() }).readonly().nullable() })
      .readonly()
      .optional(),
    missed: z.number().optional(),
  })
  .readonly();

/** The types of `push-ade-extension`. */
export type PushAdeExtension = {
  readonly part: PushPart;
  readonly memo: z.infer<typeof pushMemo>;
  readonly waits: typeof pushWaits & typeof checkVmWaits;
};

/** How long pushing the Azure Disk Encryption extension waits for Azure, in milliseconds. */
export const pushWaits = {
  /** Between two looks at it; it takes some minutes. */
  extension: 15 * second,
};

/** The right to push the extension: on the VM that was backed up, and on the new one. */
export function pushAsks(part: PushPart): readonly Ask[] {
  const { targetGroup, name, vm } = part;
  const azure = [{ scope: targetGroup.id, actions: ['Microsoft.Compute/virtualMachines/extensions/write'] }];
  const made = { ...targetOf(newVmId(part)), vm: name, tags: vm.tags };
  return asksOnVm('push-ade-extension', part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), made] }));
}
