import type { NetworkSpec, SecurityGroupSpec } from '../state/state-network.ts';
import { idOf } from '../ids.ts';
import { SUBSCRIPTION } from './known.ts';

/** The resource group of the virtual networks, separate from those of the VMs, as in most companies. */
export const NETWORK_GROUP = 'rg-network';

const closed: SecurityGroupSpec = {
  subscription: SUBSCRIPTION,
  resourceGroup: NETWORK_GROUP,
  name: 'nsg-drills',
  location: 'westeurope',
  tags: {},
  rules: [{ name: 'DenyInternet', direction: 'Outbound', access: 'Deny', priority: 100, destination: 'Internet' }],
};

/** The virtual networks of the estate, one of which has no outbound access. */
export function estateNetworks(): NetworkSpec[] {
  const drills = network('vnet-drills-weu', 'westeurope', { prefix: '10.30.0.0/16', drills: '10.30.1.0/24' });
  const securityGroupId = idOf('Microsoft.Network/networkSecurityGroups', closed);
  return [
    network('vnet-prod-weu', 'westeurope', { prefix: '10.10.0.0/16', app: '10.10.1.0/24', restore: '10.10.9.0/24' }),
    network('vnet-prod-neu', 'northeurope', { prefix: '10.20.0.0/16', app: '10.20.1.0/24' }),
    { ...drills, subnets: drills.subnets.map((subnet) => ({ ...subnet, securityGroupId })) },
  ];
}

/** The network security groups of the estate. */
export function estateSecurityGroups(): SecurityGroupSpec[] {
  return [structuredClone(closed)];
}

function network(name: string, location: string, { prefix, ...subnets }: Record<string, string>): NetworkSpec {
  return {
    subscription: SUBSCRIPTION,
    resourceGroup: NETWORK_GROUP,
    name,
    location,
    prefixes: [prefix ?? ''],
    subnets: Object.entries(subnets).map(([subnet, range]) => ({ name: `snet-${subnet}`, prefix: range })),
  };
}
