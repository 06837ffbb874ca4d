import type { Ask } from '../../people/rights.ts';
import { vmTarget } from '../targets.ts';
import type { RegisterPart } from './plan.ts';

/** The right to register a provider, for each VM that needs it. In Azure it is needed on the subscription. */
export function registerAsks({ does, provider, subscription, vms }: RegisterPart): readonly Ask[] {
  const azure = [{ scope: `/subscriptions/${subscription}`, actions: [`${provider}/register/action`] }];
  return vms.map((vm) => ({ operation: does, target: vmTarget(vm), azure }));
}
