import type { SubnetAddresses, VirtualNetwork } from '../../../vm-restores.ts';
import { idOf, listOf, required, wordOrNull } from '../azure-values.ts';

/** A virtual network as its provider returns it, as far as it is read. */
export type NetworkBody = {
  readonly id?: string;
  readonly location?: string;
  readonly properties?: { readonly subnets?: readonly SubnetBody[] };
};

type SubnetBody = {
  readonly id?: string;
  readonly name?: string;
  readonly properties?: { readonly addressPrefix?: string };
};

/** A virtual network as the product sees it. */
export function virtualNetworkOf({ id: given, location, properties }: NetworkBody): VirtualNetwork {
  const { id, name } = idOf(given);
  return {
    id,
    name,
    region: required(location, 'location'),
    subnets: listOf(properties?.subnets).map((subnet) => ({
      id: required(subnet.id, 'subnet'),
      name: required(subnet.name, 'subnet'),
      prefix: wordOrNull(subnet.properties?.addressPrefix),
    })),
  };
}

/** How many addresses of a subnet are in use, as the network provider returns it (`VirtualNetworks_ListUsage`). */
export type UsageBody = { readonly id?: string; readonly currentValue?: number; readonly limit?: number };

/** None if a number is missing or isn't a count. */
export function addressesOf({ id, currentValue, limit }: UsageBody): readonly SubnetAddresses[] {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!id || !isCount(currentValue) || !isCount(limit)) return [];
  return [{ subnetId: id, used: currentValue, limit }];
}
