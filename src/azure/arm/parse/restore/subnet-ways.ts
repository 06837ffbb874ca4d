import type { OutboundRule, SubnetWays } from '../../../drills.ts';
import { listOf, numberOrNull, required, wordOrNull } from '../azure-values.ts';

type Ref = { readonly id?: string } | null;

/**
 * A subnet as its provider returns it, as far as it matters for outbound access (azure-rest-api-specs,
 * virtualNetwork.json).
 */
type SubnetBody = {
  readonly id?: string;
  readonly name?: string;
  readonly properties?: {
    readonly defaultOutboundAccess?: boolean;
    readonly natGateway?: Ref;
    readonly networkSecurityGroup?: Ref;
    readonly routeTable?: Ref;
    readonly serviceEndpoints?: readonly { readonly service?: string }[];
  };
};

/** The same of its virtual network. */
export type NetworkWaysBody = {
  readonly properties?: {
    readonly subnets?: readonly SubnetBody[];
    readonly virtualNetworkPeerings?: readonly {
      readonly name?: string;
      readonly properties?: { readonly remoteVirtualNetwork?: Ref };
    }[];
  };
};

type RuleBody = {
  readonly name?: string;
  readonly properties?: {
    readonly direction?: string;
    readonly access?: string;
    readonly priority?: number;
    readonly protocol?: string;
    readonly sourceAddressPrefix?: string;
    readonly sourceAddressPrefixes?: readonly string[];
    readonly sourceApplicationSecurityGroups?: readonly Ref[];
    readonly destinationAddressPrefix?: string;
    readonly destinationAddressPrefixes?: readonly string[];
    readonly destinationApplicationSecurityGroups?: readonly Ref[];
    readonly destinationPortRange?: string;
    readonly destinationPortRanges?: readonly string[];
  };
};

/** A network security group with its rules (azure-rest-api-specs, networkSecurityGroup.json). */
export type SecurityGroupBody = {
  readonly properties?: {
    readonly securityRules?: readonly RuleBody[];
    readonly defaultSecurityRules?: readonly RuleBody[];
  };
};

/** A route table with its routes (azure-rest-api-specs, routeTable.json). */
export type RouteTableBody = {
  readonly properties?: {
    readonly routes?: readonly {
      readonly name?: string;
      readonly properties?: { readonly nextHopType?: string; readonly addressPrefix?: string };
    }[];
  };
};

/** What is read about a subnet; the group and the table null: it has none. */
type WaysBodies = {
  readonly network: NetworkWaysBody;
  readonly subnet: SubnetBody;
  readonly group: SecurityGroupBody | null;
  readonly table: RouteTableBody | null;
};

/** What gives a subnet outbound access. */
export function subnetWaysOf({ network, subnet, group, table }: WaysBodies): SubnetWays {
  const { properties } = subnet;
  const { subnets, virtualNetworkPeerings } = network.properties ?? {};
  return {
    id: required(subnet.id, 'subnet'),
    defaultOutbound: typeof properties?.defaultOutboundAccess === 'boolean' ? properties.defaultOutboundAccess : null,
    natGatewayId: wordOrNull(properties?.natGateway?.id),
    securityGroupId: wordOrNull(properties?.networkSecurityGroup?.id),
    rules: group && rulesOf(group),
    routes: listOf(table?.properties?.routes).map(({ name, properties: route }) => ({
      name: wordOrNull(name) ?? '',
      nextHop: required(route?.nextHopType, 'nextHopType'),
      prefix: wordOrNull(route?.addressPrefix) ?? '',
    })),
    serviceEndpoints: listOf(properties?.serviceEndpoints).flatMap(({ service }) => wordOrNull(service) ?? []),
    peerings: listOf(virtualNetworkPeerings).map(({ name, properties: peering }) => ({
      name: wordOrNull(name) ?? '',
      remoteNetworkId: wordOrNull(peering?.remoteVirtualNetwork?.id),
    })),
    hasGatewaySubnet: listOf(subnets).some(({ name }) => /^GatewaySubnet$/i.test(name ?? '')),
  };
}

function rulesOf({ properties }: SecurityGroupBody): readonly OutboundRule[] {
  const all = [...listOf(properties?.securityRules), ...listOf(properties?.defaultSecurityRules)];
  return all.flatMap((rule) => (/^Outbound$/i.test(rule.properties?.direction ?? '') ? ruleOf(rule) : []));
}

function ruleOf({ name, properties = {} }: RuleBody): OutboundRule {
  const { sourceApplicationSecurityGroups: from, destinationApplicationSecurityGroups: to } = properties;
  return {
    name: wordOrNull(name) ?? '',
    priority: numberOrNull(properties.priority) ?? 0,
    access: required(properties.access, 'access'),
    protocol: required(properties.protocol, 'protocol'),
    sources: oneOrMore(properties.sourceAddressPrefix, properties.sourceAddressPrefixes, from),
    destinations: oneOrMore(properties.destinationAddressPrefix, properties.destinationAddressPrefixes, to),
    ports: oneOrMore(properties.destinationPortRange, properties.destinationPortRanges),
  };
}

/** Azure has a field for one and another for several; application security groups replace both. */
function oneOrMore(one: string | undefined, more: readonly string[] | undefined, groups: readonly Ref[] = []) {
  const found = [...listOf(more), ...groups.flatMap((group) => group?.id ?? [])];
  const word = wordOrNull(one);
  const all = word === null ? found : [word, ...found];
  return all.length > 0 ? all : [required(undefined, 'prefix')];
}
