import type { Ask } from '../../people/rights.ts';
import type { PlannedVm } from '../part.ts';
import { vmTarget } from '../targets.ts';

/** The right to end the exception of a VM: Azure is asked for nothing. */
export function endAsk(vm: PlannedVm): Ask {
  return { operation: 'end-kek-exception', target: vmTarget(vm), azure: [] };
}
