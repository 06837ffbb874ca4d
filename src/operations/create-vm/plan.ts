import { z } from 'zod';
import { onItemWithKeys } from '../part.ts';
import type { createVmWaits } from './waits.ts';

/**
 * Making a VM of the disks that a restore has made, by the template that it left. `vm` is the one that was backed up,
 * `name` the new one's, which gets an interface in `subnet`. `keyVaults` hold the keys of its disks; null: unread.
 */
export const createVmPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('create-vm'),
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
    name: z.string(),
    subnet: z.object({ id: z.string(), network: z.string(), name: z.string() }).readonly(),
  })
  .readonly();
export type CreateVmPart = z.infer<typeof createVmPart>;

/** What its stages hand to one another. */
export const createVmMemo = z
  .object({
    /** What Azure's what-if says will be made. */
    expected: z.array(z.string()).readonly().optional(),
    /** The digest of the deployment that Azure was asked about. */
    seen: z.string().optional(),
    /** The ids of what was made, also where it failed afterwards. */
    made: z.array(z.string()).readonly().optional(),
    missed: z.number().optional(),
  })
  .readonly();

/** The id of the part in the plan of a restore. */
export const createVmPartId = 'create-vm';

/** The id that the new VM has. */
export function newVmId({ targetGroup, name }: Pick<CreateVmPart, 'targetGroup' | 'name'>): string {
  return `${targetGroup.id}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

/** The types of `create-vm`. */
export type CreateVm = {
  readonly part: CreateVmPart;
  readonly memo: z.infer<typeof createVmMemo>;
  readonly waits: typeof createVmWaits;
};
