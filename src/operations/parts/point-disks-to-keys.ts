import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { minute, second } from '../ground/durations.ts';
import { onItemWithKeys } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';

/** Writing into restored disks where their keys are now, if putting them back gave them new URLs. */
export const pointPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('point-disks-to-keys'),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
  })
  .readonly();
type PointPart = z.infer<typeof pointPart>;

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

/** How long pointing disks to their keys waits for Azure, in milliseconds. */
export const pointWaits = {
  /** Between two looks at a disk that was written, and how long the change may take to appear. */
  pointLook: 5 * second,
  pointShows: 5 * minute,
};

/** The right to write key locations into restored disks: for the VM, and where the disks are. */
export function pointAsks(part: PointPart): readonly Ask[] {
  const group = part.targetGroup.id;
  const azure = [{ scope: group, actions: ['Microsoft.Compute/disks/write'] }];
  const place = targetOf(`${group}/providers/Microsoft.Compute/disks/any`);
  return asksOnVm(part.does, part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), place] }));
}
