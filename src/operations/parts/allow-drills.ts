import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { partBase } from '../ground/part.ts';
import { targetOf } from '../ground/targets.ts';

/** What both parts name: the entry of `drills`, and the resource group that its drills go to. */
export const onEntry = {
  ...partBase,
  entry: z.string(),
  targetGroup: z.object({ id: z.string(), name: z.string() }).readonly(),
};

/**
 * Letting an entry's drills start on its schedule, until a given day. `shape`: the digest of the entry as it is
 * approved; its content is included too, for the people who decide. Nothing is written to Azure.
 */
export const allowDrillsPart = z
  .object({
    ...onEntry,
    does: z.literal('allow-drills'),
    shape: z.string(),
    pattern: z.string(),
    subnet: z.string(),
    staging: z.string(),
    keepMs: z.number(),
    /** It restores points that are only in the Recovery Services vault. */
    fromVault: z.literal(true).optional(),
    days: z.number(),
    starts: z.string(),
    atOnce: z.number(),
    /** The end, as an instant in ISO. */
    until: z.string(),
  })
  .readonly();
export type AllowDrillsPart = z.infer<typeof allowDrillsPart>;

/** Its stages hand nothing over. */
export const allowDrillsMemo = z.object({}).readonly();

/** The types of `allow-drills`. */
export type AllowDrills = {
  readonly part: AllowDrillsPart;
  readonly memo: z.infer<typeof allowDrillsMemo>;
  readonly waits: object;
};

/** The right to let an entry's drills start on schedule, or to end that: in the group that they go to. */
export function entryAsk(operation: 'allow-drills' | 'end-drills', group: { readonly id: string }): Ask {
  return { operation, target: targetOf(group.id), azure: [] };
}
