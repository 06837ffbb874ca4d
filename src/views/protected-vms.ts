import type { ProtectedItem, VmEntry } from '../azure/gateway.ts';
import type { Unread } from '../azure/partial-read.ts';
import { keyOfId } from '../core/arm-id.ts';
import { isOfEarlierVm } from '../readiness/protection.ts';
import { sameRegion } from '../readiness/destinations.ts';

/**
 * Whether a VM is protected, as far as was read: `stopped`: its backups are kept, but none are made; `open`: it has none,
 * also where all that is there belongs to an earlier VM of its name;
 * `unknown`: a vault that could not be read may protect it.
 */
export type Standing = 'protected' | 'stopped' | 'open' | 'unknown';

/** How VMs stand by the protected items of the vaults that could be read, and by those that could not be. */
export function standingOf(items: readonly ProtectedItem[], unread: readonly Unread[]): (vm: VmEntry) => Standing {
  const on = new Map(items.filter(isOn).map((item) => [keyOfId(item.vmId), item]));
  const held = new Set(items.map((item) => keyOfId(item.vmId)));
  return (vm) => {
    const item = on.get(keyOfId(vm.id));
    // No other vault takes a VM whose name is held, so nothing else can protect it either.
    if (item) return isOfEarlier(item, vm) ? 'open' : 'protected';
    if (unread.some((place) => mayHold(place, vm))) return 'unknown';
    return held.has(keyOfId(vm.id)) ? 'stopped' : 'open';
  };
}

/** As the card of one VM judges it, by what the lists tell: when the VM was made, and when the item's newest point was. */
function isOfEarlier(item: ProtectedItem, { id, created }: VmEntry): boolean {
  const time = item.lastRecoveryPoint;
  return isOfEarlierVm({ item, lastPoint: time && { time } }, { id, created: created ? new Date(created) : null });
}

function isOn({ softDeleted, protectionState }: ProtectedItem): boolean {
  return !softDeleted && !/^ProtectionStopped$/i.test(protectionState);
}

/** A vault takes VMs of its own subscription and region only. */
function mayHold({ subscription, region }: Unread, vm: VmEntry): boolean {
  if (subscription.toLowerCase() !== vm.subscription.toLowerCase()) return false;
  return region === null || sameRegion(region, vm.region);
}
