import { takesDisk, type AzureReads, type DiskChoice } from '../../../../azure/gateway.ts';
import { disksCost, type Prices } from '../../../../core/prices.ts';
import { tried } from '../../../../readiness/gather/reader.ts';
import type { Cost } from '../../../parts/plan.ts';
import type { MeasuredDisk } from '../../../parts/restore-disks.ts';

type Reads = Pick<AzureReads, 'vm' | 'disk'>;
type Asked = { readonly vmId: string; readonly diskChoice: DiskChoice | null };

/**
 * What restored disks cost a month, and copies of them in the staging account: by the installation's own prices and the
 * VM's current disks. Null if a price, a disk or its size is unknown: nothing is ever guessed.
 */
export async function costOf(reads: Reads, prices: Prices | null, { vmId, diskChoice }: Asked): Promise<Cost | null> {
  if (prices === null) return null;
  const vm = await tried(() => reads.vm(vmId));
  if (!vm.ok || vm.value === null) return null;
  const taken = vm.value.disks.filter(({ lun }) => takesDisk(diskChoice, lun));
  const disks = await measured(
    reads,
    taken.map(({ id }) => id),
  );
  const cost = disks && disksCost(disks, prices);
  if (!cost) return null;
  const staging = prices.staging === null ? null : cost.gib * prices.staging;
  return { currency: prices.currency, disks: cost.monthly, staging };
}

/** Disks by what their prices depend on; null: one of them couldn't be read. */
export async function measured(
  reads: Pick<AzureReads, 'disk'>,
  ids: readonly (string | null)[],
): Promise<readonly MeasuredDisk[] | null> {
  const read = await Promise.all(ids.map((id) => tried(async () => (id === null ? null : reads.disk(id)))));
  const found = read.flatMap((one) => (one.ok && one.value ? [one.value] : []));
  return found.length < ids.length ? null : found.map(({ sizeGiB, sku }) => ({ sizeGiB, sku }));
}
