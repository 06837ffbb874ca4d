import { z } from 'zod';
import { partBase, plannedItem, plannedKeyVault, plannedVm } from '../part.ts';
import type { protectWaits } from './waits.ts';

/**
 * Switching protection on: which VM, in which vault, by which policy. `keyVaults` hold the
 * keys of its disks; null: unread.
 */
export const protectPart = z
  .object({
    ...partBase,
    does: z.literal('protect'),
    vm: plannedVm,
    keyVaults: z.array(plannedKeyVault).readonly().nullable(),
    ref: plannedItem,
    vaultName: z.string(),
    policyId: z.string(),
    policyName: z.string(),
    /**
     * The KEKs, where Azure Backup could reach all of them when the plan was made: if it cannot
     * copy one, then for another reason.
     */
    keksInReach: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type ProtectPart = z.infer<typeof protectPart>;

/** What its stages hand to one another. */
export const protectMemo = z
  .object({
    operationId: z.string().optional(),
    requestId: z.string().nullable().optional(),
    /** How often it was refused for access that had just been granted. */
    tries: z.number().optional(),
  })
  .readonly();

/** The types of `protect`. */
export type Protect = {
  readonly part: ProtectPart;
  readonly memo: z.infer<typeof protectMemo>;
  readonly waits: typeof protectWaits;
};
