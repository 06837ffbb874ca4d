/**
 * The part of the port for restore drills: whether a network has outbound access, and deleting what a drill has
 * created.
 */
import type { Attempt, Receipt } from './attempt.ts';

/** A rule of a network security group for what goes out, in Azure's words; lists are never empty. */
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
 * A subnet by what decides whether something in it can reach anything outside. `defaultOutbound` null: Azure did not
 * say, which means that it is on (azure-docs, default-outbound-access). `rules` are those of its network security
 * group, Azure's own among them; null: it has none. `routes` are those of its route table.
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
  /** Whether its network has a subnet for a gateway to other networks. */
  readonly hasGatewaySubnet: boolean;
};

/**
 * A VM, a network interface or a disk, with what decides whether it can be deleted. `holder`: the VM that has the disk
 * or the interface; null: none, or it is a VM itself. `created`: of a VM or a disk; null: Azure does not say.
 */
export type Deletable = {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly holder: string | null;
  readonly created: Date | null;
};

/** Something in a resource group with a given tag, of any type, with the value of that tag. */
export type TaggedResource = { readonly id: string; readonly value: string };

/** What the third identity does for a drill; deletes VMs, network interfaces and disks only. */
export type Drills = {
  /** Null: there is no such subnet. */
  subnetWays(subnetId: string): Promise<SubnetWays | null>;
  /** Null: it is not there. Of any other type it is refused unsent. */
  deletable(id: string): Promise<Deletable | null>;
  /** What has a given tag in a resource group, as Azure lists it, which may be some minutes old. */
  tagged(groupId: string, tag: string): Promise<readonly TaggedResource[]>;
  /** Adds tags to those that it has. */
  addTags(id: string, tags: Readonly<Record<string, string>>, attempt: Attempt): Promise<Receipt>;
  /** Resolves when Azure has accepted it; that it is gone is seen by reading it. Of any other type, see above. */
  remove(id: string, attempt: Attempt): Promise<Receipt>;
};
