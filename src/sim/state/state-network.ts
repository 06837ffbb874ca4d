import type { ResourcePath } from '../ids.ts';
import type { DeleteOption } from './state-compute.ts';

/**
 * A subnet; `prefix` is in CIDR notation. What is left out it doesn't have; without `defaultOutbound` it has Azure's
 * default. `othersUse`: the number of addresses used by what isn't simulated.
 */
export type SubnetSpec = {
  name: string;
  prefix: string;
  securityGroupId?: string;
  routeTableId?: string;
  natGatewayId?: string;
  defaultOutbound?: boolean;
  serviceEndpoints?: string[];
  privateEndpointIds?: string[];
  /** The addresses in it of what isn't simulated, such as a firewall or an application gateway. */
  ipConfigurationIds?: string[];
  /** Services of Azure that are in it. */
  serviceLinks?: { name: string; service: string }[];
  othersUse?: number;
};

/** A virtual network with its subnets and peerings. */
export type NetworkSpec = ResourcePath & {
  location: string;
  prefixes: string[];
  subnets: SubnetSpec[];
  peerings?: PeeringSpec[];
};

/** A peering with another virtual network. */
export type PeeringSpec = { name: string; remoteId: string };

/** A network interface in a subnet, and the VM that has it. */
export type InterfaceSpec = ResourcePath & {
  location: string;
  tags: Record<string, string>;
  subnetId: string;
  /** Absent: it was created before addresses were simulated. */
  privateAddress?: string;
  publicAddressId?: string;
  securityGroupId?: string;
  vmId?: string;
  /** What the model of that VM says about it. */
  deleteOption?: DeleteOption;
};

/** A part of a network of which only the existence is simulated. */
export type NetworkPartSpec = ResourcePath & { location: string; tags: Record<string, string> };

/** A public address. */
export type PublicAddressSpec = NetworkPartSpec & { deleteOption?: DeleteOption };

/** A rule of a network security group; other criteria are `*`. */
export type SecurityRuleSpec = {
  name: string;
  direction: 'Inbound' | 'Outbound';
  access: 'Allow' | 'Deny';
  priority: number;
  destination: string;
};

/** A network security group. No traffic is simulated: its rules show, and block nothing. */
export type SecurityGroupSpec = NetworkPartSpec & { rules?: SecurityRuleSpec[] };

/** A route table, which routes nothing either. */
export type RouteTableSpec = NetworkPartSpec & { routes: { name: string; prefix: string; nextHop: string }[] };
