import type { VmRestoreReads, VmRestores } from '../../vm-restores.ts';
import { addressesOf, virtualNetworkOf, type NetworkBody, type UsageBody } from '../parse/restore/virtual-network.ts';
import { subject, wordOrNull } from '../parse/azure-values.ts';
import { orNull, type Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';
import { plainPages, type PlainReads } from './plain-reads.ts';

/** The api-version of the network provider. */
export const networkVersion = '2025-05-01';

/** Reads of virtual networks. Without the SDK, which would add 64 MB for these few calls. */
export function networkReads(arm: PlainReads, ask: Ask): Pick<VmRestoreReads, 'virtualNetworks' | 'subnetAddresses'> {
  return {
    virtualNetworks: (subscription) =>
      ask({ name: 'virtualNetworks', doing: `listing the virtual networks of ${subscription}` }, async () => {
        const below = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Network`;
        const path = `${below}/virtualNetworks?api-version=${networkVersion}`;
        return (await everyPage(plainPages<NetworkBody>(arm, path))).map(virtualNetworkOf);
      }),
    subnetAddresses: (networkId) =>
      ask({ name: 'subnetAddresses', doing: `reading how many addresses are in use in ${networkId}` }, async () => {
        const path = `${encodeURI(subject(networkId).id)}/usages?api-version=${networkVersion}`;
        return (await everyPage(plainPages<UsageBody>(arm, path))).flatMap(addressesOf);
      }),
  };
}

/** What is read about network interfaces. */
export function interfaceReads(arm: PlainReads, ask: Ask): Pick<VmRestores, 'interfaceState'> {
  return {
    interfaceState: (id) =>
      ask({ name: 'interfaceState', doing: `reading network interface ${id}` }, async () => {
        const found = (await orNull(arm(interfacePath(id)))) as InterfaceBody | null;
        return found && (wordOrNull(found.properties?.provisioningState) ?? 'Unknown');
      }),
  };
}

type InterfaceBody = { readonly properties?: { readonly provisioningState?: string } };

/** The path of a network interface, with its api-version. */
export function interfacePath(id: string): string {
  return `${encodeURI(subject(id).id)}?api-version=${networkVersion}`;
}
