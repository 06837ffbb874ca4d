import type { Ask } from '../../people/rights.ts';
import type { PlannedVm } from '../part.ts';
import { vmTarget } from '../targets.ts';

/** The right to have a VM backed up without a KEK, or to end that; it needs no Azure permission. */
export function exceptionAsk(operation: 'allow-vm-without-kek' | 'end-kek-exception', vm: PlannedVm): Ask {
  return { operation, target: vmTarget(vm), azure: [] };
}
