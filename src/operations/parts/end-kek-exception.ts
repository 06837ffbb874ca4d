import { z } from 'zod';
import { partBase, plannedVm } from '../ground/part.ts';

/** Ending one VM's exceptions to the KEK rule early. Nothing is written to Azure. */
export const endPart = z
  .object({
    ...partBase,
    does: z.literal('end-kek-exception'),
    vm: plannedVm,
    /** When the last of them would have ended, as an instant in ISO, and the names of those who allowed it. */
    until: z.string(),
    by: z.string(),
  })
  .readonly();
export type EndPart = z.infer<typeof endPart>;

/** Its stages hand nothing over. */
export const endMemo = z.object({}).readonly();

/** The types of `end-kek-exception`. */
export type End = { readonly part: EndPart; readonly memo: z.infer<typeof endMemo>; readonly waits: object };
