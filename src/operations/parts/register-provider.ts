import { z } from 'zod';
import type { Ask } from '../../people/rights.ts';
import { minute, second } from '../ground/durations.ts';
import { partBase, plannedVm } from '../ground/part.ts';
import { vmTarget } from '../ground/targets.ts';

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

/** How long registering a provider waits for Azure, in milliseconds. */
export const registerWaits = {
  /** Between two looks at its state, and how long Azure may take; Microsoft says that it takes minutes. */
  registerLook: 10 * second,
  registerShows: 30 * minute,
};

/** The right to register a provider, for each VM that needs it. In Azure it is needed on the subscription. */
export function registerAsks({ does, provider, subscription, vms }: RegisterPart): readonly Ask[] {
  const azure = [{ scope: `/subscriptions/${subscription}`, actions: [`${provider}/register/action`] }];
  return vms.map((vm) => ({ operation: does, target: vmTarget(vm), azure }));
}
