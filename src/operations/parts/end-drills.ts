import { z } from 'zod';
import { onEntry } from './allow-drills.ts';

/** Ending an entry's standing approval early: `until`, in ISO; `by`: who allowed it. */
export const endDrillsPart = z
  .object({ ...onEntry, does: z.literal('end-drills'), until: z.string(), by: z.string() })
  .readonly();

/** Its stages hand nothing over. */
export const endDrillsMemo = z.object({}).readonly();

/** The types of `end-drills`. */
export type EndDrills = {
  readonly part: z.infer<typeof endDrillsPart>;
  readonly memo: z.infer<typeof endDrillsMemo>;
  readonly waits: object;
};
