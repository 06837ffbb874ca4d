import type { NetworkSpec } from '../state/state-network.ts';
import { SUBSCRIPTION } from './known.ts';

/** The resource group of the virtual networks, apart from those of the VMs, as companies mostly have it. */
export const NETWORK_GROUP = 'rg-network';

/** The virtual networks of the estate. */
export function estateNetworks(): NetworkSpec[] {
  return [
    network('vnet-prod-weu', 'westeurope', { app: '10.10.1.0/24', restore: '10.10.9.0/24' }),
    network('vnet-prod-neu', 'northeurope', { app: '10.20.1.0/24' }),
  ];
}

function network(name: string, location: string, subnets: Record<string, string>): NetworkSpec {
  return {
    subscription: SUBSCRIPTION,
    resourceGroup: NETWORK_GROUP,
    name,
    location,
    prefixes: [location === 'westeurope' ? '10.10.0.0/16' : '10.20.0.0/16'],
    subnets: Object.entries(subnets).map(([subnet, prefix]) => ({ name: `snet-${subnet}`, prefix })),
  };
}
