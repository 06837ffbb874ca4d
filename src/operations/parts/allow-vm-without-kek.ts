import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { partBase, plannedVm, type PlannedVm } from '../ground/part.ts';
import { vmTarget } from '../ground/targets.ts';

/**
 * Backing up one VM without a KEK until a given day, although a rule here requires one. Nothing is written to Azure.
 */
export const allowPart = z
  .object({
    ...partBase,
    does: z.literal('allow-vm-without-kek'),
    vm: plannedVm,
    /** What Azure calls its `vmId`, which a VM created again under its name doesn't have. Absent: unknown. */
    guid: z.string().optional(),
    reason: z.string(),
    /** The end, as an instant in ISO. */
    until: z.string(),
  })
  .readonly();
export type AllowPart = z.infer<typeof allowPart>;

/** Its stages hand nothing over. */
export const allowMemo = z.object({}).readonly();

/** The types of `allow-vm-without-kek`. */
export type Allow = { readonly part: AllowPart; readonly memo: z.infer<typeof allowMemo>; readonly waits: object };

/** The right to have a VM backed up without a KEK, or to end that; it needs no Azure permission. */
export function exceptionAsk(operation: 'allow-vm-without-kek' | 'end-kek-exception', vm: PlannedVm): Ask {
  return { operation, target: vmTarget(vm), azure: [] };
}
