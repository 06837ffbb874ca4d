import type { JsonBody } from '../json.ts';
import type { InterfaceSpec, NetworkSpec, PeeringSpec, PublicAddressSpec, SubnetSpec } from '../state/state-network.ts';
import { guidOf } from '../invented.ts';
import { idOf, interfaceId, virtualNetworkId } from '../ids.ts';

/** A virtual network as its provider answers it (azure-cli's test_group_deployment.yaml). */
export function networkBody(network: NetworkSpec): JsonBody {
  const id = virtualNetworkId(network);
  const etag = etagOf(id);
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
      subnets: network.subnets.map((subnet) => subnetBody(id, etag, subnet)),
      virtualNetworkPeerings: (network.peerings ?? []).map((peering) => peeringBody(id, etag, peering)),
      enableDdosProtection: false,
    },
  };
}

/** Its subnets, each as by itself. */
export function subnetsBody(network: NetworkSpec): JsonBody[] {
  const id = virtualNetworkId(network);
  return network.subnets.map((subnet) => subnetBody(id, etagOf(id), subnet));
}

function etagOf(id: string): string {
  return `W/"${guidOf(`etag ${id}`)}"`;
}

function subnetBody(network: string, etag: string, subnet: SubnetSpec): JsonBody {
  const { name, prefix, securityGroupId, routeTableId, natGatewayId, defaultOutbound, serviceEndpoints } = subnet;
  return {
    name,
    id: `${network}/subnets/${name}`,
    etag,
    properties: {
      provisioningState: 'Succeeded',
      addressPrefix: prefix,
      ...(securityGroupId ? { networkSecurityGroup: { id: securityGroupId } } : {}),
      ...(routeTableId ? { routeTable: { id: routeTableId } } : {}),
      ...(natGatewayId ? { natGateway: { id: natGatewayId } } : {}),
      ...(defaultOutbound === undefined ? {} : { defaultOutboundAccess: defaultOutbound }),
      ...(serviceEndpoints ? { serviceEndpoints: serviceEndpoints.map((service) => ({ service })) } : {}),
      ...referencesIn(`${network}/subnets/${name}`, subnet),
      delegations: [],
      privateEndpointNetworkPolicies: 'Enabled',
      privateLinkServiceNetworkPolicies: 'Enabled',
    },
    type: 'Microsoft.Network/virtualNetworks/subnets',
  };
}

/** What refers to the subnet, with those fields of azure-rest-api-specs (`SubnetPropertiesFormat`) that are read. */
function referencesIn(id: string, { privateEndpointIds, ipConfigurationIds, serviceLinks }: SubnetSpec): JsonBody {
  return {
    ...(privateEndpointIds ? { privateEndpoints: privateEndpointIds.map((one) => ({ id: one })) } : {}),
    ...(ipConfigurationIds ? { ipConfigurations: ipConfigurationIds.map((one) => ({ id: one })) } : {}),
    ...(serviceLinks ? { serviceAssociationLinks: serviceLinks.map((one) => serviceLink(id, one)) } : {}),
  };
}

function serviceLink(subnet: string, { name, service }: { name: string; service: string }): JsonBody {
  const type = 'Microsoft.Network/virtualNetworks/subnets/serviceAssociationLinks';
  return { name, id: `${subnet}/serviceAssociationLinks/${name}`, type, properties: { linkedResourceType: service } };
}

/** With the fields of azure-rest-api-specs; not recorded. */
function peeringBody(network: string, etag: string, { name, remoteId }: PeeringSpec): JsonBody {
  return {
    name,
    id: `${network}/virtualNetworkPeerings/${name}`,
    etag,
    properties: {
      provisioningState: 'Succeeded',
      peeringState: 'Connected',
      remoteVirtualNetwork: { id: remoteId },
      allowVirtualNetworkAccess: true,
    },
    type: 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings',
  };
}

/** A network interface with those fields of azure-rest-api-specs that are read; not recorded. */
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
          properties: {
            ...(nic.privateAddress ? { privateIPAddress: nic.privateAddress } : {}),
            privateIPAllocationMethod: 'Dynamic',
            subnet: { id: nic.subnetId },
            ...(nic.publicAddressId ? { publicIPAddress: { id: nic.publicAddressId } } : {}),
          },
        },
      ],
      ...(nic.vmId ? { virtualMachine: { id: nic.vmId } } : {}),
    },
  };
}

/**
 * A public address with those fields of azure-rest-api-specs that are read; not recorded. Its number is from a range
 * that is reserved for documentation (RFC 5737).
 */
export function publicAddressBody(address: PublicAddressSpec): JsonBody {
  const id = idOf('Microsoft.Network/publicIPAddresses', address);
  return {
    name: address.name,
    id,
    etag: etagOf(id),
    type: 'Microsoft.Network/publicIPAddresses',
    location: address.location,
    tags: address.tags,
    properties: {
      provisioningState: 'Succeeded',
      ipAddress: `203.0.113.${1 + (Number.parseInt(guidOf(id).slice(0, 4), 16) % 254)}`,
      publicIPAddressVersion: 'IPv4',
    },
  };
}
