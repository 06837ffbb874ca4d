import type { VmEntry } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { Queries } from '../../store/database.ts';
import { inventoryAt } from '../../store/inventory.ts';

/** Entries in the list of the estate, by the keys of their VMs. */
export type Entries = ReadonlyMap<string, VmEntry>;

/**
 * The entries of these VMs, if they are listed. Alerts are about one vault at a time: reading the whole estate for each
 * of a hundred vaults would be most of their work.
 */
export async function entriesOf(q: Queries, vmKeys: readonly string[]): Promise<Entries> {
  const listed = (await inventoryAt(q, 'vm', [...new Set(vmKeys)])) as VmEntry[];
  return new Map(listed.map((entry) => [keyOfId(entry.id), entry]));
}
