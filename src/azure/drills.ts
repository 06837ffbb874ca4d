/**
 * The part of the port for restore drills: whether a network has outbound access, and deleting what a drill has
 * created.
 */
import type { Attempt, Receipt } from './attempt.ts';

/** An outbound rule of a network security group, in Azure's words; lists are never empty. */
export type OutboundRule = {
  readonly name: string;
  readonly priority: number;
  readonly access: string;
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly ports: readonly string[];
};

/**
 * A subnet, by what decides its outbound access. `defaultOutbound` null: Azure doesn't say, which means that it is on
 * (azure-docs, default-outbound-access). `rules` are those of its network security group, including Azure's own; null:
 * it has none. `routes` are those of its route table.
 */
export type SubnetWays = {
  readonly id: string;
  readonly defaultOutbound: boolean | null;
  readonly natGatewayId: string | null;
  readonly securityGroupId: string | null;
  readonly rules: readonly OutboundRule[] | null;
  readonly routes: readonly { readonly name: string; readonly nextHop: string; readonly prefix: string }[];
  readonly serviceEndpoints: readonly string[];
  /** Of its network. */
  readonly peerings: readonly { readonly name: string; readonly remoteNetworkId: string | null }[];
  /** The IDs of the private endpoints in its network, in any subnet: each leads to a service outside it. */
  readonly privateEndpoints: readonly string[];
  /** What else is in its network and may lead out of it, by ID: a service of Azure, a gateway of its own kind. */
  readonly services: readonly string[];
  /** Whether its network has a subnet for a gateway to other networks. */
  readonly hasGatewaySubnet: boolean;
};

/**
 * A VM, a network interface or a disk, with what decides whether it can be deleted. `holder`: the VM that the disk or
 * the interface belongs to; null: none, or it is a VM itself. `has`: what is attached to it and so could be deleted
 * with it: a VM's disks and interfaces, an interface's public addresses, by their IDs, or by name or address if they
 * have none. `created`: of a VM or a disk; null: Azure doesn't say.
 */
export type Deletable = {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly holder: string | null;
  readonly has: readonly string[];
  readonly created: Date | null;
};

/** Something of any type in a resource group with one of some tags, with the values of those that it has. */
export type TaggedResource = { readonly id: string; readonly tags: Readonly<Record<string, string>> };

/** What the third identity does for a drill; deletes VMs, network interfaces and disks only. */
export type Drills = {
  /** Null: there is no such subnet. */
  subnetWays(subnetId: string): Promise<SubnetWays | null>;
  /** Null: it doesn't exist. Any other type is refused unsent. */
  deletable(id: string): Promise<Deletable | null>;
  /** What has one of these tags in a resource group, as Azure lists it, possibly some minutes old. */
  tagged(groupId: string, tags: readonly string[]): Promise<readonly TaggedResource[]>;
  /** Adds tags to those that it has. */
  addTags(id: string, tags: Readonly<Record<string, string>>, attempt: Attempt): Promise<Receipt>;
  /** Resolves when Azure has accepted it; reading it shows when it is gone. For other types see above. */
  remove(id: string, attempt: Attempt): Promise<Receipt>;
};
