import type { NetworkInterface, VirtualNetwork as WireNetwork, VirtualNetworkUsage } from '@azure/arm-network';
import type { InterfaceAddresses, SubnetAddresses, VirtualNetwork } from '../../../vm-restores.ts';
import { idOf, listOf, required, wordOrNull } from '../azure-values.ts';

/** A virtual network as the product sees it. */
export function virtualNetworkOf({ id: given, location, subnets }: WireNetwork): VirtualNetwork {
  const { id, name } = idOf(given);
  return {
    id,
    name,
    region: required(location, 'location'),
    subnets: listOf(subnets).map((subnet) => ({
      id: required(subnet.id, 'subnet'),
      name: required(subnet.name, 'subnet'),
      prefix: wordOrNull(subnet.addressPrefix),
    })),
  };
}

/** How many addresses of a subnet are in use; none if a number is missing or isn't a count. */
export function addressesOf({ id, currentValue, limit }: VirtualNetworkUsage): readonly SubnetAddresses[] {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!id || !isCount(currentValue) || !isCount(limit)) return [];
  return [{ subnetId: id, used: currentValue, limit }];
}

/** The addresses of a network interface; a configuration without one, as while Azure still creates it, has none. */
export function interfaceAddressesOf({ ipConfigurations }: NetworkInterface): InterfaceAddresses {
  const all = listOf(ipConfigurations).toSorted((a, b) => Number(b.primary ?? false) - Number(a.primary ?? false));
  return {
    privates: all.flatMap(({ privateIPAddress }) => wordOrNull(privateIPAddress) ?? []),
    publicIds: all.flatMap(({ publicIPAddress }) => wordOrNull(publicIPAddress?.id) ?? []),
  };
}
