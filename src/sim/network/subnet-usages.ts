import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { SimState } from '../state/state.ts';
import type { NetworkSpec, SubnetSpec } from '../state/state-network.ts';
import { placeOf } from '../compute/routes.ts';
import { page } from '../http/paging.ts';
import { ArmRefusal, ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { at, same, virtualNetworkId } from '../ids.ts';

type Usage = { readonly id: string; readonly used: number; readonly limit: number };

/** Azure keeps the first four addresses of a subnet and the last (azure-docs, virtual-networks-faq). */
const keptByAzure = 5;

/**
 * How many addresses are in use in each subnet of a virtual network: `VirtualNetworks_ListUsage` of
 * azure-rest-api-specs, with the fields and numbers of `Get-AzVirtualNetworkUsageList` in azure-powershell's help, where
 * a /24 has 251. What it tells of a subnet with several prefixes is not recorded: each of them has one here.
 */
export function listSubnetUsages(call: Call): Reply {
  const { state } = call.world;
  const place = placeOf(call);
  const network = at(state.virtualNetworks, place);
  if (!network) throw resourceNotFound('Microsoft.Network/virtualNetworks', place.name, place.resourceGroup);
  const usages = network.subnets.map((subnet) => usageOf(state, network, subnet));
  return ok(page<Usage>(call, usages, usageBody));
}

function usageOf(state: SimState, network: NetworkSpec, subnet: SubnetSpec): Usage {
  const id = `${virtualNetworkId(network)}/subnets/${subnet.name}`;
  const own = state.networkInterfaces.filter(({ subnetId }) => same(subnetId, id)).length;
  const bits = Number(subnet.prefix.split('/')[1]);
  return { id, used: own + (subnet.othersUse ?? 0), limit: 2 ** (32 - bits) - keptByAzure };
}

function usageBody({ id, used, limit }: Usage): JsonBody {
  const name = 'Subnet size and usage';
  return { currentValue: used, id, limit, name: { localizedValue: name, value: name }, unit: 'Count' };
}

/** Refuses an interface in a subnet without an address for it, in Azure's words (MicrosoftDocs/azure-docs#88211). */
export function enforceAddresses(state: SimState, subnetId: string): void {
  for (const network of state.virtualNetworks)
    for (const subnet of network.subnets) {
      const { id, used, limit } = usageOf(state, network, subnet);
      if (!same(id, subnetId) || used < limit) continue;
      throw new ArmRefusal(
        400,
        'SubnetIsFull',
        `Subnet ${subnet.name} with address prefix ${subnet.prefix} does not have enough capacity for 1 IP addresses.`,
      );
    }
}
