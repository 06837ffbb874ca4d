import type { ProtectedItem, VaultFacts, VmEntry } from '../azure/gateway.ts';
import { perVault, readVaults, type Unread } from '../azure/partial-read.ts';
import { keyOfId } from '../core/arm-id.ts';
import { isOfEarlierVm, kindOfItem } from '../readiness/protection.ts';
import { sameRegion } from '../readiness/destinations.ts';
import type { Estate } from '../operations/dialogs/estate.ts';

/**
 * Whether a VM is protected, as far as was read: `stopped`: its backups are kept, but no new ones are made; `open`: it
 * has none, even if there are backups of an earlier VM with its name; `unknown`: a vault that couldn't be read may
 * protect it.
 */
type VmProtection = 'protected' | 'stopped' | 'open' | 'unknown';

/**
 * The VMs and what the Recovery Services vaults have for them, as far as both could be read. Every view counts and
 * lists from this.
 */
export type ProtectedVms = {
  readonly vaults: readonly VaultFacts[];
  readonly items: readonly { readonly vault: VaultFacts; readonly item: ProtectedItem }[];
  readonly vms: readonly VmEntry[];
  readonly protectionOf: (vm: VmEntry) => VmProtection;
  /** Places whose VMs couldn't be listed; subscriptions whose vaults couldn't be; vaults whose items couldn't be. */
  readonly unread: {
    readonly vms: readonly Unread[];
    readonly vaults: readonly Unread[];
    readonly items: readonly Unread[];
  };
};

/** Reads it. */
export async function readProtectedVms({ reads, subscriptions, vms }: Estate): Promise<ProtectedVms> {
  const vaults = await readVaults(reads, subscriptions);
  const held = await perVault(vaults.read, async (vault) =>
    (await reads.protectedItems(vault.id)).map((item) => ({ vault, item })),
  );
  const listed = await vms.fresh();
  const items = held.read.flat();
  const unreadItems = [...vaults.unread, ...held.unread];
  const protectionOf = protectionBy(
    items.map(({ item }) => item),
    unreadItems,
  );
  const unread = { vms: listed.unread, vaults: vaults.unread, items: unreadItems };
  return { vaults: vaults.read, items, vms: listed.read, protectionOf, unread };
}

/** How VMs are protected, by the protected items of the vaults that could be read, and by the vaults that couldn't. */
function protectionBy(items: readonly ProtectedItem[], unread: readonly Unread[]): (vm: VmEntry) => VmProtection {
  const on = new Map(items.filter(isOn).map((item) => [keyOfId(item.vmId), item]));
  const held = new Set(items.map((item) => keyOfId(item.vmId)));
  return (vm) => {
    const item = on.get(keyOfId(vm.id));
    // No other vault accepts a VM whose name is taken, so nothing else can protect it either.
    if (item) return isOfEarlier(item, vm) ? 'open' : 'protected';
    if (unread.some((place) => mayHold(place, vm))) return 'unknown';
    return held.has(keyOfId(vm.id)) ? 'stopped' : 'open';
  };
}

/**
 * Judged as on the card of one VM, by what the lists say: when the VM was created, and when the item's newest point
 * was.
 */
function isOfEarlier(item: ProtectedItem, { id, created }: VmEntry): boolean {
  const time = item.lastRecoveryPoint;
  return isOfEarlierVm({ item, lastPoint: time && { time } }, { id, created: created ? new Date(created) : null });
}

function isOn(item: ProtectedItem): boolean {
  return kindOfItem(item) === 'protected';
}

/** A Recovery Services vault accepts only VMs of its own subscription and region. */
function mayHold({ subscription, region }: Unread, vm: VmEntry): boolean {
  if (subscription.toLowerCase() !== vm.subscription.toLowerCase()) return false;
  return region === null || sameRegion(region, vm.region);
}
