import { AzureFault } from '../../azure/faults.ts';
import type { VaultFacts, VmEntry } from '../../azure/gateway.ts';
import { perSubscription, type PartialRead, type Unread } from '../../azure/partial-read.ts';
import { keyOfId, subscriptionOf } from '../../core/arm-id.ts';
import type { Worker } from '../../jobs/wake.ts';
import {
  inventoryAgeMs,
  inventoryOf,
  readingBegins,
  replaceInventory,
  type InventoryLine,
} from '../../store/inventory.ts';
import { endGonePolls, pollVaults } from '../../store/vault-polls.ts';
import { createBackoff } from '../../core/backoff.ts';
import { inTransaction, type Deps } from '../deps.ts';

/** The maximum age of the list of the estate. */
export const inventoryMaxAgeMs = 5 * 60_000;

/**
 * Reads the estate's VMs and Recovery Services vaults again, subscription by subscription. If one can't be read, its
 * earlier list stays, marked as unread. A vault that left its list stays as well unless Azure says that it is gone: a
 * list omits what Kluis may no longer read. Vaults that no longer exist are no longer polled. Of two readings at once,
 * the one that began later stays. Throws if nothing could be read because Azure doesn't answer.
 */
export async function refreshInventory(deps: Deps): Promise<void> {
  const { reads, subscriptions } = deps.azure;
  const readAt = await readingBegins(deps.database.db);
  const [vms, vaults] = await Promise.all([
    perSubscription(subscriptions, (id) => reads.vmEntries(id)),
    perSubscription(subscriptions, (id) => reads.vaults(id)),
  ]);
  const lines: InventoryLine[] = [
    ...vms.read.flat().map((vm) => lineOf('vm', vm)),
    ...vaults.read.flat().map((vault) => lineOf('vault', vault)),
    ...vms.unread.map(unlistedLine),
    ...(vms.unread.length + vaults.unread.length === 0 ? [wholeLine] : []),
  ];
  const kept = [
    ...vms.unread.map(({ subscription }) => ({ kind: 'vm' as const, subscription })),
    ...vaults.unread.map(({ subscription }) => ({ kind: 'vault' as const, subscription })),
    ...(await hiddenVaults(deps, vaults)).map((id) => ({ kind: 'vault' as const, key: keyOfId(id) })),
  ];
  await inTransaction(deps, async ({ q }) => {
    const kinds = ['vm', 'vault', 'unlisted', 'whole'] as const;
    if (!(await replaceInventory(q, { kinds, lines, kept, readAt }))) return;
    await pollVaults(
      q,
      vaults.read.flat().map((vault) => vault.id),
    );
    await endGonePolls(q);
  });
}

/** The vaults that were listed before and aren't now, of which Azure doesn't say that they are gone. */
async function hiddenVaults(deps: Deps, { read, unread }: PartialRead<readonly VaultFacts[]>): Promise<string[]> {
  const listed = new Set(read.flat().map(({ id }) => keyOfId(id)));
  const isRead = (id: string) =>
    deps.azure.subscriptions.some((one) => keyOfId(one) === subscriptionOf(id)?.toLowerCase()) &&
    !unread.some(({ subscription }) => keyOfId(subscription) === subscriptionOf(id)?.toLowerCase());
  const before = (await inventoryOf(deps.database.db, 'vault')) as VaultFacts[];
  const left = before.filter(({ id }) => !listed.has(keyOfId(id)) && isRead(id));
  const there = await Promise.all(left.map(async ({ id }) => ((await isGone(deps, id)) ? [] : [id])));
  return there.flat();
}

async function isGone({ azure }: Deps, vaultId: string): Promise<boolean> {
  try {
    await azure.reads.policies(vaultId);
    return false;
  } catch (error) {
    if (error instanceof AzureFault) return error.kind === 'missing';
    throw error;
  }
}

/**
 * The VMs of the estate as listed, no older than the maximum age, with the subscriptions whose VMs couldn't be listed.
 */
export async function listedVms(deps: Deps): Promise<PartialRead<VmEntry>> {
  const age = await inventoryAgeMs(deps.database.db);
  if (age === null || age > inventoryMaxAgeMs) await refreshInventory(deps);
  const read = (await inventoryOf(deps.database.db, 'vm')) as VmEntry[];
  return { read, unread: await unlisted(deps) };
}

/** The subscriptions whose VMs couldn't be listed at the last read. */
export async function unlisted(deps: Pick<Deps, 'database'>): Promise<Unread[]> {
  return (await inventoryOf(deps.database.db, 'unlisted')) as Unread[];
}

/** Makes the worker of the `inventory` queue. After failures it backs off: a retry reads the whole estate. */
export function inventoryWorker(deps: Deps): Worker {
  const backoff = createBackoff();
  return async (id) => {
    if (backoff.restMs(id) > 0) return;
    try {
      await refreshInventory(deps);
      backoff.worked(id);
    } catch (error) {
      backoff.failed(id);
      throw error;
    }
  };
}

function lineOf(kind: 'vm' | 'vault', body: { readonly id: string; readonly name: string }): InventoryLine {
  return { kind, key: keyOfId(body.id), name: body.name.toLowerCase(), body };
}

function unlistedLine(body: Unread): InventoryLine {
  return { kind: 'unlisted', key: body.subscription.toLowerCase(), name: body.name.toLowerCase(), body };
}

const wholeLine: InventoryLine = { kind: 'whole', key: 'whole', name: 'whole', body: {} };
