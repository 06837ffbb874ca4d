import { unhurried } from '../core/unhurried.ts';
import { gatherEstate, gatherMany } from '../readiness/gather/gather-many.ts';
import type { VmReading } from '../readiness/reading.ts';
import type { Estate } from '../operations/dialogs/estate.ts';

/** More than these are read by lists. */
const maxSingly = 50;

/**
 * Reads VMs, and judges each, in their order: many of them by lists, with a number of calls that doesn't grow with
 * them. Then Azure isn't asked whether it would protect one, and no recovery points are read.
 */
export async function readVms<T>(
  reads: Estate['reads'],
  ask: Parameters<typeof gatherMany>[1],
  judge: (reading: VmReading, index: number) => T,
): Promise<readonly T[]> {
  if (!areListed(ask.vms.length)) return unhurried(await gatherMany(reads, ask), judge);
  return (await gatherEstate(reads, { ...ask, subscriptions: [] }, judge)).judged;
}

/** Whether so many are read by lists. */
export function areListed(count: number): boolean {
  return count > maxSingly;
}
