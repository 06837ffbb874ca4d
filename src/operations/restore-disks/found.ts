/** What `/backup restore` finds: the recovery points of a VM, and where their disks could go. */
import type { Unread } from '../../azure/partial-read.ts';
import type { ItemRef, RestoreProblems } from '../../azure/gateway.ts';
import type { Prices } from '../../core/prices.ts';
import type { FindingToSay } from '../../message/words.ts';
import type { Guard } from '../guard.ts';
import type { PlannedKeyVault, PlannedVm } from '../part.ts';
import type { DiskSum } from '../../readiness/ade-limits.ts';
import type { Room } from '../../readiness/core-quota.ts';
import type { FittingSize } from '../../readiness/vm-sizes.ts';
import type { Told } from '../plan.ts';
import type { Reader } from './plan.ts';
import type { RestorePart } from './runner/request.ts';

/**
 * A recovery point; `size`: the one that the VM had, `disks`: how many are in it; null: unknown. `archived`: it is in
 * the archive tier only; `blocked`: why it cannot be restored.
 */
export type RestorePoint = {
  readonly name: string;
  readonly time: string;
  readonly consistency: string | null;
  readonly encrypted: boolean | null;
  readonly size: string | null;
  readonly disks: number | null;
  readonly tiers: readonly string[];
  readonly archived: boolean;
  readonly blocked: 'invalid' | null;
};

type Named = { readonly id: string; readonly name: string };

/**
 * The backups of a VM with their newest points, `more` being others. `today`: the restores of it since 00:00 UTC; null:
 * not read. `keys` is what is wrong with the keys of its disks now; `deletedKeyVaults` can be recovered, with the keys
 * in them. `mayRestore`: an identity for it is set. `hoursLeft` until deleted backups are gone; null: not told.
 */
export type Restorable = {
  readonly vm: PlannedVm;
  readonly calledAs: string;
  readonly keyVaults: readonly PlannedKeyVault[] | null;
  readonly ref: ItemRef;
  readonly vaultName: string;
  readonly region: string;
  readonly deleted: boolean;
  readonly hoursLeft: number | null;
  readonly points: readonly RestorePoint[];
  readonly more: number;
  /** Whose points these are, in ISO, with those of the day before or after that may be its own; null: the newest. */
  readonly day: string | null;
  readonly today: number | null;
  readonly guard: Guard;
  /** The guard by its name, and who can give a role on it, by name or id; null: there is none, or it was not read. */
  readonly guardOwners: { readonly guard: string; readonly who: readonly string[] } | null;
  readonly keys: readonly FindingToSay[];
  readonly deletedKeyVaults: readonly (Named & { readonly region: string })[];
  /** When the newest of the keys in use was created; null: not read. Disks of before come back with others. */
  readonly keysSince: string | null;
  readonly mayRestore: boolean;
  /** Whether its disks are encrypted by Azure Disk Encryption now; the VM is gone; or it is unknown. */
  readonly ade: 'yes' | 'no' | 'gone' | 'unknown';
  /**
   * Its disks that are backed up, where they are more than Azure puts their encryption settings back for; `unknown`:
   * the VM is gone, or the size of one could not be read.
   */
  readonly beyondAde: DiskSum | 'unknown' | null;
  /** Whether the Recovery Services vault has a system-assigned identity. */
  readonly vaultIdentity: boolean;
};

/** What fits the words: the backups of one VM, or of several VMs, as group and name; and what was not read. */
export type Found = {
  readonly restorable: Restorable | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

/**
 * Where disks and what goes with them could be. `unfit`: why Azure Backup can stage nothing in an account.
 * `byIdentity`: only the vault's identity is known to get there, through a firewall.
 */
export type Destinations = {
  readonly groups: readonly Named[];
  readonly accounts: readonly (Named & {
    readonly unfit: 'region' | 'kind' | 'firewall' | null;
    readonly byIdentity?: true;
  })[];
};

/** The group and the point of a new VM, and whether its name has to be unique in the whole subscription. */
export type NewVmPlace = {
  readonly group: string;
  readonly point: RestorePoint | null;
  readonly uniqueInSubscription: boolean;
};

/**
 * The sizes that a new VM could have beside the one that it had, `was`; null: not told. `hasWas`: whether that can be
 * had still; null: not known; `wasRoom`: whether the quotas have room for it. `more` fit too. `tooSmallForAde` have too
 * little memory for Azure Disk Encryption; null: the disks are not encrypted by it.
 */
export type Sizes = {
  readonly was: string | null;
  readonly hasWas: boolean | null;
  readonly wasRoom: Room;
  readonly others: readonly FittingSize[];
  readonly more: number;
  readonly tooSmallForAde: readonly string[] | null;
};

/** A subnet; `free`: how many addresses it has left; null: not known. */
export type Subnet = Named & {
  readonly network: string;
  readonly prefix: string | null;
  readonly free: number | null;
};

/** Where a new VM could be: subnets of the region, and the names it may not have, in lower case. */
export type Networks = {
  /** Null: they could not be read. */
  readonly sizes: Sizes | null;
  readonly subnets: readonly Subnet[];
  readonly taken: readonly string[];
};

/**
 * Who can read what is in the target group (null: unread), and what else the people who decide are told. `prices`: what
 * the installation pays; null: not configured. Absent in what an earlier release has found.
 */
export type Consequences = {
  readonly who: readonly Reader[] | null;
  readonly told: Told;
  readonly prices?: Prices | null;
};

/** What the dialog reads. */
export type RestorePorts = {
  /** `day`: the one whose points are wanted; null: the newest. */
  readonly find: (asked: string, day: string | null) => Promise<Found>;
  readonly destinations: (restorable: Restorable) => Promise<Destinations>;
  readonly consequences: (restorable: Restorable, group: string) => Promise<Consequences>;
  readonly networks: (restorable: Restorable, place: NewVmPlace) => Promise<Networks>;
  /** What Azure Backup objects to; empty: nothing. */
  readonly check: (part: RestorePart) => Promise<RestoreProblems>;
};
