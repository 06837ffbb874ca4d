/** VMs that were requested along with others and left out, and why, as data on the plan. */
import { z } from 'zod';
import { isRefusal, type Refusal } from '../../core/refusal.ts';
import type { FindingParams } from '../../readiness/findings/finding.ts';

const reason = z.discriminatedUnion('is', [
  z.object({ is: z.literal('finding'), code: z.string(), params: z.custom<FindingParams>(isObject) }).readonly(),
  z.object({ is: z.literal('held'), by: z.custom<Refusal>(isRefusal) }).readonly(),
  z.object({ is: z.literal('access'), keyVaults: z.array(z.string()).readonly() }).readonly(),
  z.object({ is: z.literal('choice') }).readonly(),
  z.object({ is: z.literal('several') }).readonly(),
  z.object({ is: z.literal('not-found') }).readonly(),
]);
/** Why: what blocks the VM, which rule denies it, whose access is missing, or what a person has to choose first. */
export type LeftOutReason = z.infer<typeof reason>;

/** A VM by its name, or the name as typed if no VM has it, or several do. */
export const leftOutSchema = z.object({ name: z.string(), why: reason }).readonly();
export type LeftOut = z.infer<typeof leftOutSchema>;

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
