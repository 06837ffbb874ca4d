import type { Ask } from '../../people/rights.ts';
import type { PlannedVm } from '../part.ts';
import { vmTarget } from '../targets.ts';

/** The right to end a VM's exception; it needs no Azure permission. */
export function endAsk(vm: PlannedVm): Ask {
  return { operation: 'end-kek-exception', target: vmTarget(vm), azure: [] };
}
