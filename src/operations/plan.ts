/**
 * A plan: what will be done, frozen at the click. Its canonical JSON has a SHA-256 digest, and an approval is bound to
 * that. It has had a list of VMs from the first version on; its parts are tied together by `after`.
 */
import { digestOf } from '../core/digest.ts';
import type { Prices } from '../core/prices.ts';
import type { DiskSum } from '../readiness/ade-limits.ts';
import type { Shortage } from '../readiness/core-quota.ts';
import type { LeftOut } from './cards/left-out.ts';
import type { Part } from './parts.ts';

/** What people, groups and applications are called in the directory, by their ids in lower case. */
export type Names = Readonly<Record<string, string>>;

/** What new disks cost a month, roughly, in units of a currency; `staging`: copies of them; null: none, or unknown. */
export type Cost = { readonly currency: string; readonly disks: number; readonly staging: number | null };

/**
 * The part of the price list that a plan takes along, so that its cards can say later what the things that exist by
 * then cost: per GiB and month for disks and for the copies in the staging account (null: there are none, or no price),
 * per month for the new VM (absent: none is made; null: its size is not in the list, or not known).
 */
export type PlanPrices = Pick<Prices, 'currency' | 'disks'> & {
  readonly copies: number | null;
  readonly vm?: { readonly name: string; readonly size: string | null; readonly monthly: number | null } | undefined;
};

/**
 * What goes with a plan for people to know, and is not what they approve: it may be different a minute later.
 * `denialsUnread`: whom a deny assignment excludes from the target group could not be read. `beyondAde`: the VM has
 * more on disks with Azure Disk Encryption than Azure puts the settings back for; `newVm` is the one that Kluis then
 * pushes the extension to, null where a person has to. `adeSizeUnread`: how large those disks are is not known, `disks`
 * being how many the point has, null: not known either. `cores`: the vCPU quota that has no room for the new VM in that
 * size; `short` null: whether there is room is not known. `subnetUnread`: the subnet of which it is not known whether
 * it has an address left.
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
  readonly cores?:
    { readonly region: string; readonly size: string | null; readonly short: Shortage | null } | undefined;
};

/**
 * A frozen plan. `version` is the shape of this document and of its parts; if you change either, raise it and add to
 * `stored-operation.ts` how the previous one is read. `leftOut` are VMs that were requested too and are not among its
 * VMs. `told` goes with it and is not approved.
 */
export type Plan = {
  readonly version: 3;
  readonly vms: readonly { readonly id: string; readonly name: string }[];
  readonly leftOut?: readonly LeftOut[] | undefined;
  readonly parts: readonly Part[];
  readonly told?: Told | undefined;
};

/** The version of the plans that this release makes. */
export const planVersion = 3;

/** The digest that an approval is bound to. A name that could not be read again makes no other plan. */
export function planDigest({ told: _, ...plan }: Plan): string {
  return digestOf(plan);
}
