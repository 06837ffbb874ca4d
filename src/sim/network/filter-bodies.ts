import type { JsonBody } from '../json.ts';
import type { RouteTableSpec, SecurityGroupSpec, SecurityRuleSpec } from '../state/state-network.ts';
import { guidOf } from '../invented.ts';
import { idOf } from '../ids.ts';

const GROUP = 'Microsoft.Network/networkSecurityGroups';
const TABLE = 'Microsoft.Network/routeTables';

/** The rules that Azure has in every group (azure-docs, network-security-groups-overview). */
const DEFAULTS: readonly (SecurityRuleSpec & { source: string })[] = [
  rule('AllowVnetInBound', {
    access: 'Allow',
    priority: 65_000,
    source: 'VirtualNetwork',
    destination: 'VirtualNetwork',
  }),
  rule('AllowAzureLoadBalancerInBound', { access: 'Allow', priority: 65_001, source: 'AzureLoadBalancer' }),
  rule('DenyAllInBound', { access: 'Deny', priority: 65_500 }),
  rule('AllowVnetOutBound', {
    access: 'Allow',
    priority: 65_000,
    source: 'VirtualNetwork',
    destination: 'VirtualNetwork',
  }),
  rule('AllowInternetOutBound', { access: 'Allow', priority: 65_001, destination: 'Internet' }),
  rule('DenyAllOutBound', { access: 'Deny', priority: 65_500 }),
];

type Rest = { access: 'Allow' | 'Deny'; priority: number; source?: string; destination?: string };

function rule(name: string, { source = '*', destination = '*', ...rest }: Rest): SecurityRuleSpec & { source: string } {
  return { name, direction: name.endsWith('InBound') ? 'Inbound' : 'Outbound', ...rest, source, destination };
}

/** A network security group as its provider answers it (azure-cli's test_network_nsg.yaml). */
export function securityGroupBody(group: SecurityGroupSpec): JsonBody {
  const own = (group.rules ?? []).map((one) => ({ ...one, source: '*' }));
  const id = idOf(GROUP, group);
  return {
    ...headOf(GROUP, group),
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guidOf(id),
      securityRules: own.map((one) => ruleBody(`${id}/securityRules`, one)),
      defaultSecurityRules: DEFAULTS.map((one) => ruleBody(`${id}/defaultSecurityRules`, one)),
    },
  };
}

function ruleBody(
  below: string,
  { name, source, destination, ...rest }: SecurityRuleSpec & { source: string },
): JsonBody {
  return {
    name,
    id: `${below}/${name}`,
    properties: {
      provisioningState: 'Succeeded',
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      ...rest,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  };
}

/** A route table as its provider answers it (azure-cli's test_network_route_table_operation.yaml). */
export function routeTableBody(table: RouteTableSpec): JsonBody {
  const id = idOf(TABLE, table);
  return {
    ...headOf(TABLE, table),
    properties: {
      provisioningState: 'Succeeded',
      disableBgpRoutePropagation: false,
      routes: table.routes.map(({ name, prefix, nextHop }) => ({
        name,
        id: `${id}/routes/${name}`,
        properties: { provisioningState: 'Succeeded', addressPrefix: prefix, nextHopType: nextHop },
      })),
    },
  };
}

function headOf(type: string, place: SecurityGroupSpec | RouteTableSpec): JsonBody {
  const id = idOf(type, place);
  const { name, location, tags } = place;
  return { name, id, etag: `W/"${guidOf(`etag ${id}`)}"`, type, location, tags };
}
