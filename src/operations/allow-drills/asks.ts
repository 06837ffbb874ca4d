import type { Ask } from '../../people/rights.ts';
import { placeOf } from '../targets.ts';

/** The right to let the drills of an entry start by its schedule, or to end that: in the group that they go to. */
export function entryAsk(operation: 'allow-drills' | 'end-drills', group: { readonly id: string }): Ask {
  return { operation, target: placeOf(group.id), azure: [] };
}
