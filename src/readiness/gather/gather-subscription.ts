/**
 * Reads what all VMs of a subscription or region share, and recognises the VMs about which nothing needs to be read.
 */
import { parseArmId } from '../../core/arm-id.ts';
import { recoveryServices, registrationOf } from '../provider.ts';
import { principalOf, type Reader } from './reader.ts';
import type { VmReading } from '../reading.ts';

/** What is the same for every VM of a subscription. */
export type SubscriptionReading = Pick<VmReading, 'principal' | 'tenant' | 'provider' | 'vaults' | 'locks'>;

/** One round trip. */
export async function gatherSubscription(reader: Reader, subscription: string): Promise<SubscriptionReading> {
  const { azure, once, daily } = reader;
  const [principal, tenant, provider, vaults, locks] = await Promise.all([
    principalOf(reader),
    daily(`tenant ${subscription}`, () => azure.tenantId(subscription)),
    // Not cached: it can be unregistered, and then every card has to offer it at once.
    once(`provider ${subscription}`, async () =>
      registrationOf(await azure.providerState(subscription, recoveryServices)),
    ),
    once(`vaults ${subscription}`, () => azure.vaults(subscription)),
    once(`locks in ${subscription.toLowerCase()}`, () => azure.locksIn(subscription)),
  ]);
  return { principal, tenant, provider, vaults, locks };
}

/** Whether an ID is a classic VM's. That decides everything, and a current VM may have the same name. */
export function isClassic(vmId: string): boolean {
  return parseArmId(vmId)?.provider.toLowerCase() === 'microsoft.classiccompute';
}

/** The reading of a classic VM: nothing. */
export function classicReading(vm: { vmId: string; subscription: string }, readAt: Date): VmReading {
  const { vmId, subscription } = vm;
  const none = { ok: true, value: null } as const;
  const nothing = { ok: true, value: [] } as const;
  const shared = { principal: none, tenant: none, provider: { ok: true, value: 'registered' } as const };
  return { vmId, subscription, readAt, vm: none, ...shared, vaults: nothing, locks: nothing, around: null };
}
