import { ownOf } from './own-of.ts';

/** The kinds of managed disks by Azure's names of their SKUs. */
export const diskSkus = [
  'Standard_LRS',
  'StandardSSD_LRS',
  'StandardSSD_ZRS',
  'Premium_LRS',
  'Premium_ZRS',
  'PremiumV2_LRS',
  'UltraSSD_LRS',
] as const;

/**
 * What an installation pays, as its administrators wrote it down: per GiB and month, for each kind of disk and for the
 * copies of disks in a staging account; per month, for a running VM of a size, by Azure's names of sizes in lower case.
 * `currency` is an ISO 4217 code. What is not in it is not known.
 */
export type Prices = {
  readonly currency: string;
  readonly disks: Readonly<Partial<Record<(typeof diskSkus)[number], number>>>;
  readonly staging: number | null;
  readonly vms: Readonly<Record<string, number>>;
};

/** A disk by what its price depends on; null: Azure did not say. */
type PricedDisk = { readonly sizeGiB: number | null; readonly sku: string | null };

/**
 * What disks cost a month, and how large they are together; null: one of them has no price or no size, or there are
 * none.
 */
export function disksCost(
  disks: readonly PricedDisk[],
  prices: Pick<Prices, 'disks'>,
): { readonly monthly: number; readonly gib: number } | null {
  const each = disks.map(({ sizeGiB, sku }) => {
    const price = sku === null ? undefined : ownOf(prices.disks, sku);
    return sizeGiB === null || price === undefined ? null : { gib: sizeGiB, monthly: sizeGiB * price };
  });
  const known = each.filter((one) => one !== null);
  if (known.length === 0 || known.length < each.length) return null;
  return known.reduce((all, { gib, monthly }) => ({ gib: all.gib + gib, monthly: all.monthly + monthly }), nothing);
}

const nothing = { gib: 0, monthly: 0 };
