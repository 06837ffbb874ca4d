import type { VmRestoreReads, VmRestores } from '../../vm-restores.ts';
import { addressesOf, interfaceAddressesOf, virtualNetworkOf } from '../parse/restore/virtual-network.ts';
import { subject, wordOrNull } from '../parse/azure-values.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import { orNull, type Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';

/** Reads of virtual networks. */
export function networkReads(
  clients: ClientsOf,
  ask: Ask,
): Pick<VmRestoreReads, 'virtualNetworks' | 'subnetAddresses'> {
  return {
    virtualNetworks: (subscription) =>
      ask({ name: 'virtualNetworks', doing: `listing the virtual networks of ${subscription}` }, async () => {
        const { virtualNetworks } = await clients(subscription).network();
        return (await everyPage((options) => virtualNetworks.listAll(options))).map(virtualNetworkOf);
      }),
    subnetAddresses: (networkId) =>
      ask({ name: 'subnetAddresses', doing: `reading how many addresses are in use in ${networkId}` }, async () => {
        const { subscription, resourceGroup, name } = subject(networkId);
        const { virtualNetworks } = await clients(subscription).network();
        const usages = await everyPage((options) => virtualNetworks.listUsage(resourceGroup, name, options));
        return usages.flatMap(addressesOf);
      }),
  };
}

type InterfaceReads = Pick<VmRestores, 'interfaceState' | 'interfaceAddresses' | 'publicAddress'>;

/** What is read about network interfaces and their addresses. */
export function interfaceReads(clients: ClientsOf, ask: Ask): InterfaceReads {
  return {
    interfaceState: (id) =>
      ask({ name: 'interfaceState', doing: `reading network interface ${id}` }, async () => {
        const { subscription, resourceGroup, name } = subject(id);
        const { networkInterfaces } = await clients(subscription).network();
        const found = await orNull(networkInterfaces.get(resourceGroup, name));
        return found && (wordOrNull(found.provisioningState) ?? 'Unknown');
      }),
    interfaceAddresses: (id) =>
      ask({ name: 'interfaceAddresses', doing: `reading the addresses of network interface ${id}` }, async () => {
        const { subscription, resourceGroup, name } = subject(id);
        const { networkInterfaces } = await clients(subscription).network();
        const found = await orNull(networkInterfaces.get(resourceGroup, name));
        return found && interfaceAddressesOf(found);
      }),
    publicAddress: (id) =>
      ask({ name: 'publicAddress', doing: `reading public address ${id}` }, async () => {
        const { subscription, resourceGroup, name } = subject(id);
        const { publicIPAddresses } = await clients(subscription).network();
        return wordOrNull((await orNull(publicIPAddresses.get(resourceGroup, name)))?.ipAddress);
      }),
  };
}
