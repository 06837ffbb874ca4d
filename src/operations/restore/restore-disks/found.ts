/** What `/backup restore` finds: the recovery points of a VM, and where their disks could go. */
import type { Unread } from '../../../azure/partial-read.ts';
import type { ItemRef } from '../../../azure/gateway.ts';
import type { Prices } from '../../../core/prices.ts';
import type { FindingToSay } from '../../../message/words.ts';
import type { OwnedGuard } from '../../dialogs/guard.ts';
import type { PlannedKeyVault, PlannedVm } from '../../ground/part.ts';
import type { DiskSum } from '../../../readiness/ade-limits.ts';
import type { Room } from '../../../readiness/restores/core-quota.ts';
import type { FittingSize } from '../../../readiness/restores/vm-sizes.ts';
import type { Told } from '../../parts/plan.ts';
import type { Reader } from '../../parts/restore-disks.ts';

/**
 * A recovery point; `size`: the VM's size then, `disks`: how many it has; null: unknown. `archived`: it is only in the
 * archive tier; `blocked`: why it can't be restored.
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
  /** It is back from the archive tier for a while. */
  readonly rehydrated?: true;
  readonly softDeleted?: true;
  /** One of its disks allows access only through a disk access. */
  readonly privateAccess?: true;
  /** The availability zones of its VM; absent: none, or unknown. */
  readonly zones?: readonly string[];
};

type Named = { readonly id: string; readonly name: string };

/**
 * A VM's backups with their newest points, `more` being others. `today`: its restores within 24 hours; null: not read.
 * `keys` are the problems with its disks' keys now; `deletedKeyVaults` can be recovered, with the keys in them.
 * `mayRestore`: an identity for it is configured. `hoursLeft` until deleted backups are gone; null: unknown.
 */
export type Restorable = OwnedGuard & {
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
  /**
   * The day of these points, in ISO, with those of the day before or after that may count as its own; null: the newest.
   */
  readonly day: string | null;
  readonly today: number | null;
  readonly keys: readonly FindingToSay[];
  readonly deletedKeyVaults: readonly (Named & { readonly region: string })[];
  /** When the newest of the keys in use was created; null: not read. Disks from before that have other keys. */
  readonly keysSince: string | null;
  readonly mayRestore: boolean;
  /** Whether its disks are encrypted by Azure Disk Encryption now; the VM is gone; or it is unknown. */
  readonly ade: 'yes' | 'no' | 'gone' | 'unknown';
  /**
   * Its backed-up disks, if they are more than Azure restores the encryption settings for; `unknown`: the VM is gone,
   * or the size of one couldn't be read.
   */
  readonly beyondAde: DiskSum | 'unknown' | null;
  /** Azure Disk Encryption was enabled with an Entra application: nothing of it is on the disks. */
  readonly entraApp?: true;
  /** Azure encrypts its disks with a customer-managed key, by a disk encryption set. */
  readonly customerKey?: true;
  /** Whether the Recovery Services vault has a system-assigned identity. */
  readonly vaultIdentity: boolean;
};

/** What matches the words: the backups of one VM, or of several VMs, as group and name; and what wasn't read. */
export type FoundForRestore = {
  readonly restorable: Restorable | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

/**
 * Where disks and their files could go. `unfit`: why Azure Backup can't stage in an account. `byIdentity`: only the
 * vault's identity is known to get in there, through a firewall.
 */
export type Destinations = {
  readonly groups: readonly Named[];
  readonly accounts: readonly (Named & {
    readonly unfit: 'region' | 'kind' | 'firewall' | null;
    readonly byIdentity?: true;
  })[];
};

/** The group and the recovery point of a new VM, and whether its name has to be unique in the whole subscription. */
export type NewVmPlace = {
  readonly group: string;
  readonly point: RestorePoint | null;
  readonly uniqueInSubscription: boolean;
};

/**
 * The sizes that a new VM could have besides its old one, `was`; null: unknown. `hasWas`: whether that is still
 * available; null: unknown; `wasRoom`: whether the quotas have room for it. `more` fit too. `tooSmallForAde` have too
 * little memory for Azure Disk Encryption; null: the disks don't use it.
 */
export type Sizes = {
  readonly was: string | null;
  readonly hasWas: boolean | null;
  readonly wasRoom: Room;
  readonly others: readonly FittingSize[];
  readonly more: number;
  readonly tooSmallForAde: readonly string[] | null;
};

/** A subnet; `free`: how many addresses it has left; null: unknown. */
export type Subnet = Named & {
  readonly network: string;
  readonly prefix: string | null;
  readonly free: number | null;
};

/** Where a new VM could be: subnets of the region, and the names that are taken, in lower case. */
export type Networks = {
  /** Null: they couldn't be read. */
  readonly sizes: Sizes | null;
  readonly subnets: readonly Subnet[];
  readonly taken: readonly string[];
};

/**
 * Who can read what is in the target group (null: unread), and what else the people who decide are told. `prices`: what
 * the installation pays; null: not configured. Absent in what an earlier release found.
 */
export type Consequences = {
  readonly who: readonly Reader[] | null;
  readonly told: Told;
  readonly prices?: Prices | null;
};
