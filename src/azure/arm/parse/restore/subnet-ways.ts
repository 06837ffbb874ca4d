import type { NetworkSecurityGroup, RouteTable, SecurityRule, Subnet, VirtualNetwork } from '@azure/arm-network';
import type { OutboundRule, SubnetWays } from '../../../drills.ts';
import { listOf, numberOrNull, required, wordOrNull } from '../azure-values.ts';

/** What is read about a subnet; the group and the table null: it has none. */
type WaysBodies = {
  readonly network: VirtualNetwork;
  readonly subnet: Subnet;
  readonly group: NetworkSecurityGroup | null;
  readonly table: RouteTable | null;
};

/**
 * What each property of a subnet or a network means for outbound access. `read`: it is read below. `opening`: whatever
 * it refers to may lead out. `harmless`: it refers to nothing, or to what only the network itself has. A property that
 * the SDK gets in a new version is missing here, which doesn't compile.
 */
type Meaning = 'read' | 'opening' | 'harmless';

/** Of any subnet of the network. */
const ofSubnet = {
  ...{ id: 'harmless', name: 'read', type: 'harmless', etag: 'harmless', purpose: 'harmless' },
  ...{ addressPrefix: 'harmless', addressPrefixes: 'harmless', provisioningState: 'harmless' },
  ...{ networkSecurityGroup: 'read', routeTable: 'read', natGateway: 'read', defaultOutboundAccess: 'read' },
  ...{ serviceEndpoints: 'read', privateEndpoints: 'read', ipConfigurations: 'read' },
  // A policy only narrows an endpoint.
  serviceEndpointPolicies: 'harmless',
  // Services of Azure that are in the subnet, and gateways that forward to others.
  ...{ ipConfigurationProfiles: 'opening', resourceNavigationLinks: 'opening', serviceAssociationLinks: 'opening' },
  ...{ applicationGatewayIPConfigurations: 'opening', serviceGateway: 'opening' },
  // Which service may be put into the subnet, not that one is.
  delegations: 'harmless',
  ...{ ipAllocations: 'harmless', ipamPoolPrefixAllocations: 'harmless', sharingScope: 'harmless' },
  ...{ privateEndpointNetworkPolicies: 'harmless', privateLinkServiceNetworkPolicies: 'harmless' },
} as const satisfies Record<keyof Subnet, Meaning>;

/** Of the network itself. */
const ofNetwork = {
  ...{ id: 'harmless', name: 'harmless', type: 'harmless', location: 'harmless', tags: 'harmless', etag: 'harmless' },
  ...{ extendedLocation: 'harmless', resourceGuid: 'harmless', provisioningState: 'harmless' },
  ...{ subnets: 'read', virtualNetworkPeerings: 'read' },
  // A NAT gateway that Azure gives the network by itself.
  defaultPublicNatGateway: 'opening',
  // Addresses of servers for names: nothing gets there by that.
  dhcpOptions: 'harmless',
  ...{ addressSpace: 'harmless', flowTimeoutInMinutes: 'harmless', ipAllocations: 'harmless' },
  ...{ enableDdosProtection: 'harmless', ddosProtectionPlan: 'harmless', enableVmProtection: 'harmless' },
  // Both are only for networks with a gateway, which is an opening.
  ...{ bgpCommunities: 'harmless', summarizedGatewayPrefixes: 'harmless' },
  ...{ encryption: 'harmless', flowLogs: 'harmless', privateEndpointVNetPolicies: 'harmless' },
} as const satisfies Record<keyof VirtualNetwork, Meaning>;

/** The IDs of what the properties that are openings refer to; `?` for a reference without an ID. */
function openingsIn(body: object, meanings: Readonly<Record<string, Meaning>>): readonly string[] {
  const openings = new Set(Object.entries(meanings).flatMap(([name, means]) => (means === 'opening' ? [name] : [])));
  return Object.entries(body).flatMap(([name, value]) => (openings.has(name) ? idsIn(value) : []));
}

/** The IDs in a reference or a list of them. */
function idsIn(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map((one) => wordOrNull((one as { id?: string } | null)?.id) ?? '?');
}

/**
 * An address in a subnet that no network interface has: a firewall's, a gateway's, a load balancer's. The interfaces
 * are those of VMs, which a drill may reach, and of private endpoints.
 */
function isOfService(id: string): boolean {
  return !/\/networkInterfaces\//i.test(id);
}

/** What gives a subnet outbound access. */
export function subnetWaysOf({ network, subnet, group, table }: WaysBodies): SubnetWays {
  const subnets = listOf(network.subnets);
  return {
    id: required(subnet.id, 'subnet'),
    defaultOutbound: typeof subnet.defaultOutboundAccess === 'boolean' ? subnet.defaultOutboundAccess : null,
    natGatewayId: wordOrNull(subnet.natGateway?.id),
    securityGroupId: wordOrNull(subnet.networkSecurityGroup?.id),
    rules: group && rulesOf(group),
    routes: listOf(table?.routes).map(({ name, nextHopType, addressPrefix }) => ({
      name: wordOrNull(name) ?? '',
      nextHop: required(nextHopType, 'nextHopType'),
      prefix: wordOrNull(addressPrefix) ?? '',
    })),
    serviceEndpoints: listOf(subnet.serviceEndpoints).flatMap(({ service }) => wordOrNull(service) ?? []),
    peerings: listOf(network.virtualNetworkPeerings).map(({ name, remoteVirtualNetwork }) => ({
      name: wordOrNull(name) ?? '',
      remoteNetworkId: wordOrNull(remoteVirtualNetwork?.id),
    })),
    privateEndpoints: subnets.flatMap(({ privateEndpoints }) => idsIn(privateEndpoints)),
    services: [
      ...openingsIn(network, ofNetwork),
      ...subnets.flatMap((one) => [...openingsIn(one, ofSubnet), ...idsIn(one.ipConfigurations).filter(isOfService)]),
    ],
    hasGatewaySubnet: subnets.some(({ name }) => /^GatewaySubnet$/i.test(name ?? '')),
  };
}

function rulesOf({ securityRules, defaultSecurityRules }: NetworkSecurityGroup): readonly OutboundRule[] {
  const all = [...listOf(securityRules), ...listOf(defaultSecurityRules)];
  return all.flatMap((rule) => (/^Outbound$/i.test(rule.direction ?? '') ? ruleOf(rule) : []));
}

function ruleOf(rule: SecurityRule): OutboundRule {
  const { sourceApplicationSecurityGroups: from, destinationApplicationSecurityGroups: to } = rule;
  return {
    name: wordOrNull(rule.name) ?? '',
    priority: numberOrNull(rule.priority) ?? 0,
    access: required(rule.access, 'access'),
    protocol: required(rule.protocol, 'protocol'),
    sources: oneOrMore(rule.sourceAddressPrefix, rule.sourceAddressPrefixes, from),
    destinations: oneOrMore(rule.destinationAddressPrefix, rule.destinationAddressPrefixes, to),
    ports: oneOrMore(rule.destinationPortRange, rule.destinationPortRanges),
  };
}

/** Azure has a field for one and another for several; application security groups replace both. */
function oneOrMore(
  one: string | undefined,
  more: readonly string[] | undefined,
  groups: readonly { readonly id?: string }[] = [],
) {
  const found = [...listOf(more), ...groups.flatMap(({ id }) => id ?? [])];
  const word = wordOrNull(one);
  const all = word === null ? found : [word, ...found];
  return all.length > 0 ? all : [required(undefined, 'prefix')];
}
