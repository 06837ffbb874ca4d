import type { Worker } from '../jobs/wake.ts';
import { replaceInventory, type InventoryLine } from '../store/inventory.ts';
import { pollVaults } from '../store/vault-polls.ts';
import { keyOfId } from '../core/arm-id.ts';
import { inTransaction, type Deps } from './deps.ts';

/** How old the list of the estate may get. */
export const inventoryMaxAgeMs = 5 * 60_000;

/** Reads the estate's VMs, vaults and policies anew. It is written only when everything was read. */
export async function refreshInventory(deps: Deps): Promise<void> {
  const { reads, subscriptions } = deps.azure;
  const vms = (await Promise.all(subscriptions.map((id) => reads.vmEntries(id)))).flat();
  const vaults = (await Promise.all(subscriptions.map((id) => reads.vaults(id)))).flat();
  const lines: InventoryLine[] = [
    ...vms.map((vm): InventoryLine => ({ kind: 'vm', key: keyOfId(vm.id), name: vm.name.toLowerCase(), body: vm })),
    ...vaults.map((v): InventoryLine => ({ kind: 'vault', key: keyOfId(v.id), name: v.name.toLowerCase(), body: v })),
  ];
  await inTransaction(deps, async ({ q }) => {
    await replaceInventory(q, ['vm', 'vault'], lines);
    await pollVaults(
      q,
      vaults.map((vault) => vault.id),
    );
  });
}

/** Makes the worker of the `inventory` queue. */
export function inventoryWorker(deps: Deps): Worker {
  return () => refreshInventory(deps);
}
