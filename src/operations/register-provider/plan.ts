import { z } from 'zod';
import { partBase, plannedVm } from '../part.ts';
import type { registerWaits } from './waits.ts';

/**
 * Registering a resource provider in a subscription. `vms` are those whose backups need it. `then` is what follows in
 * the plan.
 */
export const registerPart = z
  .object({
    ...partBase,
    does: z.literal('register-provider'),
    subscription: z.string(),
    provider: z.string(),
    vms: z.array(plannedVm).readonly(),
    then: z.enum(['back-up', 'nothing']),
  })
  .readonly();
export type RegisterPart = z.infer<typeof registerPart>;

/** What its stages hand over. */
export const registerMemo = z
  .object({
    /** The deadline, in ISO. */
    until: z.string().optional(),
    /** Somebody else has registered it. */
    adopted: z.literal(true).optional(),
  })
  .readonly();

/** The types of `register-provider`. */
export type Register = {
  readonly part: RegisterPart;
  readonly memo: z.infer<typeof registerMemo>;
  readonly waits: typeof registerWaits;
};
