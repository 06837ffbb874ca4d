import { ArmRefusal } from '../http/reply.ts';
import { same, virtualNetworkId } from '../ids.ts';
import type { SimState } from '../state/state.ts';
import type { NetworkSpec, SubnetSpec } from '../state/state-network.ts';

/** The number of a subnet's usable addresses, and of those in use. */
export type SubnetUsage = { readonly id: string; readonly used: number; readonly limit: number };

/** Azure reserves a subnet's first four addresses and the last (azure-docs, virtual-networks-faq). */
const keptByAzure = 5;

/** Counts them: the interfaces that exist, and the use by what isn't simulated. */
export function usageOf(state: SimState, network: NetworkSpec, subnet: SubnetSpec): SubnetUsage {
  const id = `${virtualNetworkId(network)}/subnets/${subnet.name}`;
  const own = state.networkInterfaces.filter(({ subnetId }) => same(subnetId, id)).length;
  const bits = Number(subnet.prefix.split('/')[1]);
  return { id, used: own + (subnet.othersUse ?? 0), limit: 2 ** (32 - bits) - keptByAzure };
}

/** Refuses an interface in a subnet without a free address, in Azure's words (MicrosoftDocs/azure-docs#88211). */
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
