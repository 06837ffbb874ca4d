import type { ProtectedItem, VmEntry } from '../azure/gateway.ts';
import type { Unread } from '../azure/partial-read.ts';
import { keyOfId } from '../core/arm-id.ts';
import { sameRegion } from '../readiness/destinations.ts';

/**
 * Whether a VM is protected, as far as was read: `stopped`: its backups are kept, but none are made; `open`: it has none;
 * `unknown`: a vault that could not be read may protect it.
 */
export type Standing = 'protected' | 'stopped' | 'open' | 'unknown';

/** How VMs stand by the protected items of the vaults that could be read, and by those that could not be. */
export function standingOf(items: readonly ProtectedItem[], unread: readonly Unread[]): (vm: VmEntry) => Standing {
  const on = new Set(items.filter(isOn).map((item) => keyOfId(item.vmId)));
  const held = new Set(items.map((item) => keyOfId(item.vmId)));
  return (vm) => {
    if (on.has(keyOfId(vm.id))) return 'protected';
    if (unread.some((place) => mayHold(place, vm))) return 'unknown';
    return held.has(keyOfId(vm.id)) ? 'stopped' : 'open';
  };
}

function isOn({ softDeleted, protectionState }: ProtectedItem): boolean {
  return !softDeleted && !/^ProtectionStopped$/i.test(protectionState);
}

/** A vault takes VMs of its own subscription and region only. */
function mayHold({ subscription, region }: Unread, vm: VmEntry): boolean {
  if (subscription.toLowerCase() !== vm.subscription.toLowerCase()) return false;
  return region === null || sameRegion(region, vm.region);
}
