/**
 * A plan: what will be done, frozen at the click. Its canonical JSON has a SHA-256 digest, to which an approval is
 * bound. It has had a list of VMs from the first version on; `after` orders its parts.
 */
import { digestOf } from '../../core/digest.ts';
import type { Prices } from '../../core/prices.ts';
import type { DiskSum } from '../../readiness/ade-limits.ts';
import type { Shortage } from '../../readiness/restores/core-quota.ts';
import type { LeftOut } from './left-out.ts';
import type { Part } from './parts.ts';

/** The directory's names of people, groups and applications, by their IDs in lower case. */
export type Names = Readonly<Record<string, string>>;

/** What new disks cost a month, roughly, in units of a currency; `staging`: copies of them; null: none, or unknown. */
export type Cost = { readonly currency: string; readonly disks: number; readonly staging: number | null };

/**
 * The part of the price list that a plan stores, so that its cards can say later what the existing resources cost: per
 * GiB and month for disks and for the copies in the staging account (null: there are none, or no price), per month for
 * the new VM (absent: none is created; null: its size isn't in the list, or unknown).
 */
export type PlanPrices = Pick<Prices, 'currency' | 'disks'> & {
  readonly copies: number | null;
  readonly vm?: { readonly name: string; readonly size: string | null; readonly monthly: number | null } | undefined;
};

/**
 * Information for people that isn't part of what they approve: it may be different a minute later. `denialsUnread`:
 * whom a deny assignment excludes from the target group couldn't be read. `beyondAde`: the VM has more disks with Azure
 * Disk Encryption than Azure restores the settings for; `newVm` is the one that Kluis then installs the extension on,
 * null if a person has to. `adeSizeUnread`: the size of those disks is unknown, `disks` being the number in the point,
 * null: also unknown. `cores`: the vCPU quota that has no room for the new VM in that size; `short` null: unknown.
 * `subnetUnread`: the subnet for which it is unknown whether it has a free address.
 */
export type Told = {
  readonly names: Names;
  readonly cost: Cost | null;
  /** Absent: no prices are configured, or what is created is deleted again. */
  readonly prices?: PlanPrices | undefined;
  readonly denialsUnread?: true | undefined;
  readonly beyondAde?: (DiskSum & { readonly newVm: string | null }) | undefined;
  readonly adeSizeUnread?: { readonly disks: number | null; readonly newVm: string | null } | undefined;
  readonly subnetUnread?: string | undefined;
  /** The disks were encrypted with an Entra application, whose secret a person has to give; `newVm` null: none. */
  readonly entraApp?: { readonly newVm: string | null } | undefined;
  readonly cores?:
    | { readonly region: string; readonly size: string | null; readonly short: Shortage | null }
    | undefined;
};

/**
 * The failed restore that a plan continues: its operation, when that began (ISO time), and the parts that are done and
 * aren't repeated.
 */
type Continued = { readonly operation: string; readonly at: string; readonly done: readonly string[] };

/**
 * A frozen plan. `version` is the schema version of this document and of its parts; if you change either, raise it and
 * add to `stored-operation.ts` how the previous one is read. `leftOut` are VMs that were requested too and aren't among
 * its VMs. `told` is information that isn't approved. `continues` absent: it starts from the beginning.
 */
export type Plan = {
  readonly version: 3;
  readonly vms: readonly { readonly id: string; readonly name: string }[];
  readonly leftOut?: readonly LeftOut[] | undefined;
  readonly parts: readonly Part[];
  readonly continues?: Continued | undefined;
  readonly told?: Told | undefined;
};

/** The version of this release's plans. */
export const planVersion = 3;

/** The digest that an approval is bound to. A name that couldn't be read again doesn't make it another plan. */
export function planDigest({ told: _, ...plan }: Plan): string {
  return digestOf(plan);
}
