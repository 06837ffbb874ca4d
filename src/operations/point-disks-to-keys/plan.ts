import { z } from 'zod';
import { onItemWithKeys } from '../part.ts';
import type { pointWaits } from './waits.ts';

/** Writing into restored disks where their keys are now, if putting them back gave them new URLs. */
export const pointPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('point-disks-to-keys'),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
  })
  .readonly();
export type PointPart = z.infer<typeof pointPart>;

/** What its stages hand over. */
export const pointMemo = z
  .object({
    /** The ID of the disk that is being written, and the names of those that are done. */
    disk: z.string().optional(),
    written: z.array(z.string()).readonly().optional(),
    /** Until when it may take to appear, in ISO. */
    until: z.string().optional(),
  })
  .readonly();

/** The types of `point-disks-to-keys`. */
export type PointDisks = {
  readonly part: PointPart;
  readonly memo: z.infer<typeof pointMemo>;
  readonly waits: typeof pointWaits;
};

/** The part that follows putting keys back. */
export function planPoint(from: Omit<PointPart, 'id' | 'after' | 'does'>): PointPart {
  const { vm, keyVaults, ref, vaultName, targetGroup } = from;
  return { id: 'point', after: [], does: 'point-disks-to-keys', vm, keyVaults, ref, vaultName, targetGroup };
}
