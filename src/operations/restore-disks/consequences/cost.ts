import { takesDisk, type AzureReads, type DiskChoice } from '../../../azure/gateway.ts';
import { ownOf } from '../../../core/own-of.ts';
import type { Prices } from '../../../core/prices.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Cost } from '../../plan.ts';

type Reads = Pick<AzureReads, 'vm' | 'disk'>;
type Asked = { readonly vmId: string; readonly diskChoice: DiskChoice | null };

/**
 * What restored disks cost a month, and copies of them in the staging account: by the installation's own prices and the
 * disks that the VM has today. Null where a price, a disk or its size is not known: nothing is ever guessed.
 */
export async function costOf(reads: Reads, prices: Prices | null, { vmId, diskChoice }: Asked): Promise<Cost | null> {
  if (prices === null) return null;
  const vm = await tried(() => reads.vm(vmId));
  if (!vm.ok || vm.value === null) return null;
  const taken = vm.value.disks.filter(({ lun }) => takesDisk(diskChoice, lun));
  const disks = await Promise.all(taken.map(({ id }) => tried(async () => (id === null ? null : reads.disk(id)))));
  const each = disks.map((read) => {
    const { sizeGiB = null, sku = null } = (read.ok && read.value) || {};
    const price = sku === null ? undefined : ownOf(prices.disks, sku);
    return sizeGiB === null || price === undefined ? null : { sizeGiB, price: sizeGiB * price };
  });
  const known = each.filter((one) => one !== null);
  if (known.length === 0 || known.length < each.length) return null;
  const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
  return {
    currency: prices.currency,
    disks: sum(known.map(({ price }) => price)),
    staging: prices.staging === null ? null : sum(known.map(({ sizeGiB }) => sizeGiB)) * prices.staging,
  };
}
