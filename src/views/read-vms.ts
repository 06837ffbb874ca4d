import { gatherEstate, gatherMany } from '../readiness/gather/gather-many.ts';
import type { VmReading } from '../readiness/reading.ts';
import type { Estate } from '../operations/dialogs/estate.ts';

/** More than these are read by lists. */
const maxSingly = 50;

/**
 * Reads VMs, in their order: many of them by lists, with a number of calls that doesn't grow with them. Then Azure
 * isn't asked whether it would protect one, and no recovery points are read.
 */
export async function readVms(
  reads: Estate['reads'],
  ask: Parameters<typeof gatherMany>[1],
): Promise<readonly VmReading[]> {
  if (!areListed(ask.vms.length)) return gatherMany(reads, ask);
  return (await gatherEstate(reads, { ...ask, subscriptions: [] })).readings;
}

/** Whether so many are read by lists. */
export function areListed(count: number): boolean {
  return count > maxSingly;
}
