import { z } from 'zod';
import { minute } from '../ground/durations.ts';
import { followMemo } from '../ground/follow-item.ts';
import { onItemWithKeys } from '../ground/part.ts';

const luns = { luns: z.array(z.number()).readonly(), only: z.boolean() };

/**
 * Data disks that are left out, or with `only` the only ones that are backed up; `names` in the order of their LUNs.
 */
const plannedDisks = z.object({ ...luns, names: z.array(z.string()).readonly() }).readonly();

/**
 * Enabling protection, or choosing other disks for a protected VM: which VM, in which vault, by which policy.
 * `keyVaults` hold the keys of its disks; null: unread.
 */
export const protectPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('protect'),
    policyId: z.string(),
    policyName: z.string(),
    /** Absent: all disks are backed up, also those that are added later. */
    disks: plannedDisks.optional(),
    /** It is already protected there, with these disks when the plan was made (null: all): only they change. */
    changes: z
      .object({ choice: z.object(luns).readonly().nullable() })
      .readonly()
      .optional(),
    /**
     * The URLs of the KEKs, if Azure Backup could reach all of them when the plan was made: if it can't copy one, that
     * has another reason.
     */
    keksInReach: z.array(z.string()).readonly().optional(),
  })
  .readonly();
export type ProtectPart = z.infer<typeof protectPart>;

/** What its stages hand over. */
export const protectMemo = followMemo
  .extend({
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

/** How long enabling protection waits for access that was just granted, in milliseconds. */
export const protectWaits = {
  /** A refusal for missing permissions this soon after a grant means "not in effect yet". */
  grantFresh: 15 * minute,
  quietRepeat: 4 * minute,
};
