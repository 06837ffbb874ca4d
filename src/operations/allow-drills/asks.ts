import type { Ask } from '../../people/rights.ts';
import { placeOf } from '../targets.ts';

/** The right to let an entry's drills start on schedule, or to end that: in the group that they go to. */
export function entryAsk(operation: 'allow-drills' | 'end-drills', group: { readonly id: string }): Ask {
  return { operation, target: placeOf(group.id), azure: [] };
}
