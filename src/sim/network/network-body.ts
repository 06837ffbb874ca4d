import type { JsonBody } from '../json.ts';
import type { InterfaceSpec, NetworkSpec } from '../state/state-network.ts';
import { guidOf } from '../estate/invented.ts';
import { interfaceId, virtualNetworkId } from '../ids.ts';

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

/** A network interface with the fields of azure-rest-api-specs that are read of it; not recorded. */
export function interfaceBody(nic: InterfaceSpec): JsonBody {
  const id = interfaceId(nic);
  return {
    name: nic.name,
    id,
    etag: `W/"${guidOf(`etag ${id}`)}"`,
    type: 'Microsoft.Network/networkInterfaces',
    location: nic.location,
    tags: nic.tags,
    properties: {
      provisioningState: 'Succeeded',
      ipConfigurations: [
        {
          name: 'ipconfig1',
          properties: { privateIPAllocationMethod: 'Dynamic', subnet: { id: nic.subnetId } },
        },
      ],
      ...(nic.vmId ? { virtualMachine: { id: nic.vmId } } : {}),
    },
  };
}
