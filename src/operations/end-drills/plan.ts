import { z } from 'zod';
import { onEntry } from '../allow-drills/plan.ts';

/** Ending the standing approval of an entry before its day: `until`, in ISO; `by`: who allowed it. */
export const endDrillsPart = z
  .object({ ...onEntry, does: z.literal('end-drills'), until: z.string(), by: z.string() })
  .readonly();

/** What its stages hand to one another: nothing. */
export const endDrillsMemo = z.object({}).readonly();

/** The types of `end-drills`. */
export type EndDrills = {
  readonly part: z.infer<typeof endDrillsPart>;
  readonly memo: z.infer<typeof endDrillsMemo>;
  readonly waits: object;
};
