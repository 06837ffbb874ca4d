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

/** What gives a subnet outbound access. */
export function subnetWaysOf({ network, subnet, group, table }: WaysBodies): SubnetWays {
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
    hasGatewaySubnet: listOf(network.subnets).some(({ name }) => /^GatewaySubnet$/i.test(name ?? '')),
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
