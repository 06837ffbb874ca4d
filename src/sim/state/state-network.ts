import type { ResourcePath } from '../ids.ts';

/** A virtual network with its subnets; `prefix` is in CIDR notation. */
export type NetworkSpec = ResourcePath & {
  location: string;
  prefixes: string[];
  subnets: { name: string; prefix: string }[];
};

/** A network interface in a subnet, and the VM that has it. */
export type InterfaceSpec = ResourcePath & {
  location: string;
  tags: Record<string, string>;
  subnetId: string;
  publicAddressId?: string;
  securityGroupId?: string;
  vmId?: string;
};

/** A public address or a network security group: only that it exists is simulated. */
export type NetworkPartSpec = ResourcePath & { location: string; tags: Record<string, string> };
