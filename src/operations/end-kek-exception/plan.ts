import { z } from 'zod';
import { partBase, plannedVm } from '../part.ts';

/** Ending the exceptions of one VM to the rule on the KEK before their day. Nothing is written to Azure. */
export const endPart = z
  .object({
    ...partBase,
    does: z.literal('end-kek-exception'),
    vm: plannedVm,
    /** The end that the last of them had, as an instant in ISO, and the names of those who allowed it. */
    until: z.string(),
    by: z.string(),
  })
  .readonly();
export type EndPart = z.infer<typeof endPart>;

/** What its stages hand to one another: nothing. */
export const endMemo = z.object({}).readonly();

/** The types of `end-kek-exception`. */
export type End = { readonly part: EndPart; readonly memo: z.infer<typeof endMemo>; readonly waits: object };
