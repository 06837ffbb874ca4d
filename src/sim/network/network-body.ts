import type { JsonBody } from '../json.ts';
import type { NetworkSpec } from '../state/state-network.ts';
import { guidOf } from '../estate/invented.ts';
import { virtualNetworkId } from '../ids.ts';

/** A virtual network as its provider answers it (azure-cli's test_group_deployment.yaml). */
export function networkBody(network: NetworkSpec): JsonBody {
  const id = virtualNetworkId(network);
  const etag = `W/"${guidOf(`etag ${id}`)}"`;
  return {
    name: network.name,
    id,
    etag,
    type: 'Microsoft.Network/virtualNetworks',
    location: network.location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guidOf(id),
      addressSpace: { addressPrefixes: network.prefixes },
      dhcpOptions: { dnsServers: [] },
      subnets: network.subnets.map((subnet) => ({
        name: subnet.name,
        id: `${id}/subnets/${subnet.name}`,
        etag,
        properties: {
          provisioningState: 'Succeeded',
          addressPrefix: subnet.prefix,
          delegations: [],
          privateEndpointNetworkPolicies: 'Enabled',
          privateLinkServiceNetworkPolicies: 'Enabled',
        },
        type: 'Microsoft.Network/virtualNetworks/subnets',
      })),
      virtualNetworkPeerings: [],
      enableDdosProtection: false,
    },
  };
}
