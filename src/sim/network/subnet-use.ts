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

/**
 * The next free address of a subnet, after those that Azure reserves and those used by what isn't simulated. That Azure
 * takes the next one is documented (azure-docs, virtual-network-ip-addresses-overview-arm). Absent: no such subnet.
 */
export function nextAddress({ virtualNetworks, networkInterfaces }: SimState, subnetId: string): string | undefined {
  const all = virtualNetworks.flatMap((network) =>
    network.subnets.map((subnet) => ({ id: `${virtualNetworkId(network)}/subnets/${subnet.name}`, ...subnet })),
  );
  const found = all.find(({ id }) => same(id, subnetId));
  if (!found) return undefined;
  const taken = new Set(
    networkInterfaces.filter((one) => same(one.subnetId, subnetId)).map(({ privateAddress }) => privateAddress),
  );
  const [base = ''] = found.prefix.split('/');
  const first = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + 4 + (found.othersUse ?? 0);
  const nth = (at: number) => [24, 16, 8, 0].map((bits) => Math.floor((first + at) / 2 ** bits) % 256).join('.');
  return Array.from({ length: taken.size + 1 }, (_, at) => nth(at)).find((one) => !taken.has(one));
}
