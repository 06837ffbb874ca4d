import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import { placeOf } from '../http/place.ts';
import { page } from '../http/paging.ts';
import { ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { at } from '../ids.ts';
import { usageOf, type SubnetUsage } from './subnet-use.ts';

/**
 * The number of addresses in use in each subnet of a virtual network: `VirtualNetworks_ListUsage` of
 * azure-rest-api-specs, with the fields and numbers of `Get-AzVirtualNetworkUsageList` in azure-powershell's help,
 * where a /24 has 251. What it says of a subnet with several prefixes isn't recorded: here each subnet has one.
 */
export function listSubnetUsages(call: Call): Reply {
  const { state } = call.world;
  const place = placeOf(call);
  const network = at(state.virtualNetworks, place);
  if (!network) throw resourceNotFound('Microsoft.Network/virtualNetworks', place.name, place.resourceGroup);
  const usages = network.subnets.map((subnet) => usageOf(state, network, subnet));
  return ok(page<SubnetUsage>(call, usages, usageBody));
}

function usageBody({ id, used, limit }: SubnetUsage): JsonBody {
  const name = 'Subnet size and usage';
  return { currentValue: used, id, limit, name: { localizedValue: name, value: name }, unit: 'Count' };
}
