import { z } from 'zod';
import { onItem } from '../part.ts';
import { followMemo } from '../stages/follow-item.ts';

/**
 * Stopping the backups of a VM; its recovery points stay. `guardRequest` is the request that a Resource Guard needs;
 * null: it doesn't protect against stopping, or there is none.
 */
export const stopPart = z
  .object({
    ...onItem,
    does: z.literal('stop-protection'),
    policyName: z.string().nullable(),
    guardRequest: z.string().nullable(),
  })
  .readonly();

/** Resuming the backups of a VM by a policy. */
export const resumePart = z
  .object({
    ...onItem,
    does: z.literal('resume-protection'),
    policyId: z.string(),
    policyName: z.string(),
  })
  .readonly();

/** Bringing back backups that were deleted and aren't gone yet; no new ones are made until they are resumed. */
export const undeletePart = z.object({ ...onItem, does: z.literal('undelete') }).readonly();

/** A part that changes the protection of a VM. */
export type ProtectionPart = z.infer<typeof stopPart> | z.infer<typeof resumePart> | z.infer<typeof undeletePart>;

/** What its stages hand over. */
export const protectionMemo = followMemo
  .extend({
    /** The job of a write whose response was lost. */
    jobId: z.string().optional(),
  })
  .readonly();

/** The types of these operations. */
export type Protection<P extends ProtectionPart = ProtectionPart> = {
  readonly part: P;
  readonly memo: z.infer<typeof protectionMemo>;
  readonly waits: object;
};
