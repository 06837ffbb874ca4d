import { z } from 'zod';
import { onItemWithKeys } from '../part.ts';
import type { checkVmWaits } from '../check-vm/waits.ts';
import type { pushWaits } from './waits.ts';

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
