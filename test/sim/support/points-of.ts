import type { PointSpec } from '../../../src/sim/state/state-backup.ts';
import type { SimState } from '../../../src/sim/state/state.ts';

/** The recovery points of a VM of the estate, newest first. */
export function pointsOf(state: SimState, vm: string): readonly PointSpec[] {
  return state.items.find(({ vmId }) => vmId.endsWith(`/${vm}`))?.points ?? [];
}
