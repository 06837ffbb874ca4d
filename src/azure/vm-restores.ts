/** The part of the port that makes a VM again out of restored disks. */
import type { Attempt, Receipt } from './attempt.ts';
import type { DiskKeys } from './facts.ts';

/** A virtual network with its subnets. `prefix` is in CIDR notation; null: Azure names none, or more than one. */
export type VirtualNetwork = {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly subnets: readonly { readonly id: string; readonly name: string; readonly prefix: string | null }[];
};

/**
 * A size that VMs can have in a region, by what decides whether a VM can have it. Null: Azure did not say.
 * `generations` are Azure's words (`V1`, `V2`), `architecture` is `x64` or `Arm64`, `controllers` are `SCSI` and `NVMe`
 * (empty: not told). `isAvailable`: the subscription may use it in the region; `zones`: in which of its zones.
 */
export type VmSize = {
  readonly name: string;
  /** Azure's name for the sizes that share a quota with it. */
  readonly family: string | null;
  readonly vCpus: number | null;
  readonly memoryGiB: number | null;
  readonly maxDataDisks: number | null;
  readonly premiumDisks: boolean | null;
  readonly generations: readonly string[];
  readonly architecture: string | null;
  readonly controllers: readonly string[];
  readonly tempDisk: boolean | null;
  /** Azure's word for the kind of confidential VM that it makes; null: none. */
  readonly confidential: string | null;
  readonly trustedLaunch: boolean;
  readonly isAvailable: boolean;
  readonly zones: readonly string[] | null;
};

/** How many vCPUs a subscription uses in a region and may use: of a family of sizes, or `cores` for all together. */
export type CoreQuota = { readonly name: string; readonly used: number; readonly limit: number };

/** The addresses of a subnet: in use, and all that it has for use, which leaves out those that Azure keeps. */
export type SubnetAddresses = { readonly subnetId: string; readonly used: number; readonly limit: number };

/** What is looked at before a VM is made again. */
export type VmRestoreReads = {
  vmSizes(subscription: string, region: string): Promise<readonly VmSize[]>;
  /** Azure's list has other quotas of compute too, which are left in. */
  coreQuotas(subscription: string, region: string): Promise<readonly CoreQuota[]>;
  virtualNetworks(subscription: string): Promise<readonly VirtualNetwork[]>;
  /** Of the subnets of a virtual network; of what Azure tells no numbers there is nothing. */
  subnetAddresses(networkId: string): Promise<readonly SubnetAddresses[]>;
};

/** A deployment of a template into a resource group. `parameters` are their values. */
export type Deployment = {
  readonly resourceGroupId: string;
  readonly name: string;
  readonly template: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** One of Azure's objections or errors, the innermost that it names. */
export type DeploymentError = { readonly code: string | null; readonly message: string | null };

/** Where a deployment stands; `made` are the ids of what it made, also where it failed afterwards. */
export type DeploymentStatus = {
  readonly state: 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly errors: readonly DeploymentError[];
  readonly made: readonly string[];
};

/**
 * What a deployment would change by Azure's own reckoning: `Create`, `Modify`, `NoChange`, `Ignore` and so on;
 * `id` null: Azure does not say of what. `disks`: of a VM, the ids of the managed disks that it would have, an empty
 * one for a disk that isn't managed or is new; null: it is no VM, or Azure does not say.
 */
export type WhatIf = readonly {
  readonly id: string | null;
  readonly change: string;
  readonly disks: readonly string[] | null;
}[];

/** A network interface with an address that Azure chooses from a subnet. */
export type NewInterface = { readonly id: string; readonly region: string; readonly subnetId: string };

/**
 * The addresses of a network interface, its primary configuration first: the private ones as Azure gave them, and the
 * IDs of the public ones.
 */
export type InterfaceAddresses = { readonly privates: readonly string[]; readonly publicIds: readonly string[] };

/** A disk as a VM takes it. `caching` is Azure's word; null: Azure chooses. */
export type TakenDisk = { readonly id: string; readonly caching: string | null };

/** A VM of disks that exist, by their LUNs, which becomes what the OS disk is. */
export type NewVm = {
  readonly id: string;
  readonly region: string;
  readonly size: string;
  readonly os: 'Windows' | 'Linux';
  readonly tags: Readonly<Record<string, string>>;
  readonly interfaceId: string;
  readonly osDisk: TakenDisk;
  readonly dataDisks: readonly (TakenDisk & { readonly lun: number })[];
};

/** How the extension of Azure Disk Encryption is told to put a restored VM's settings back. */
export type AdeExtension = {
  readonly vmId: string;
  readonly region: string;
  readonly os: 'Windows' | 'Linux';
  readonly keyVaultUri: string;
  readonly keyVaultId: string;
  /** Null: the disks have no KEK. */
  readonly kek: { readonly url: string; readonly vaultId: string } | null;
  /** New with each push, or the extension does nothing. */
  readonly tag: string;
};

/**
 * The extension of Azure Disk Encryption in a VM. `state` is Azure's word (`Creating`, `Succeeded`, `Failed`); `tag`
 * that of the last push; `code` and `message` are what it reports itself, null: nothing yet.
 */
export type AdeExtensionStatus = {
  readonly state: string | null;
  readonly tag: string | null;
  readonly code: string | null;
  readonly message: string | null;
};

/** What the third identity does to make a VM again. A write resolves when Azure has accepted it. */
export type VmRestores = {
  /** Writes into a disk where its keys lie. An address without its key vault is refused unsent. */
  pointDiskToKeys(diskId: string, keys: readonly DiskKeys[], attempt: Attempt): Promise<Receipt>;

  /** Azure's objections to a deployment; empty: none. What stands in its way is found while it runs. */
  validateDeployment(deployment: Deployment): Promise<readonly DeploymentError[]>;
  /** Waits for Azure's answer, a minute at most. */
  whatIf(deployment: Deployment): Promise<WhatIf>;
  deploy(deployment: Deployment, attempt: Attempt): Promise<Receipt>;
  deployment(resourceGroupId: string, name: string): Promise<DeploymentStatus | null>;

  putInterface(made: NewInterface, attempt: Attempt): Promise<Receipt>;
  /** Azure's word for where it stands (`Updating`, `Succeeded`, `Failed`); null: there is none. */
  interfaceState(id: string): Promise<string | null>;
  /** Null: there is no such interface. */
  interfaceAddresses(id: string): Promise<InterfaceAddresses | null>;
  /** A public address by its ID; null: there is none, or Azure hasn't given it a number yet. */
  publicAddress(id: string): Promise<string | null>;
  makeVm(vm: NewVm, attempt: Attempt): Promise<Receipt>;

  pushAdeExtension(extension: AdeExtension, attempt: Attempt): Promise<Receipt>;
  /** Null: the VM has none. */
  adeExtension(vmId: string, os: AdeExtension['os']): Promise<AdeExtensionStatus | null>;
};
