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
 * copies of disks in a staging account. `currency` is an ISO 4217 code. What is not in it is not known.
 */
export type Prices = {
  readonly currency: string;
  readonly disks: Readonly<Partial<Record<(typeof diskSkus)[number], number>>>;
  readonly staging: number | null;
};
