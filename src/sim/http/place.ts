import type { Call } from './call.ts';
import { type ResourcePath, same } from '../ids.ts';

/** The resource that a path names. */
export function placeOf(call: Call): ResourcePath {
  return {
    subscription: call.params.sub ?? '',
    resourceGroup: call.params.group ?? '',
    name: call.params.name ?? '',
  };
}

/** Whether this resource is in the scope of a list: the subscription, or one of its groups. */
export function listed(call: Call, spec: ResourcePath): boolean {
  const group = call.params.group;
  return same(spec.subscription, call.params.sub) && (group === undefined || same(spec.resourceGroup, group));
}
