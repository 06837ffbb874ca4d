import { bareName } from '../../azure/item-ref.ts';
import type { AzureReads, ItemRef, JobFacts } from '../../azure/gateway.ts';

type Since = { readonly from: Date; readonly now: Date };

/** Azure's clock may be this far ahead of this machine's; a job that has just started is still included. */
const aheadMs = 300_000;

/** The backup jobs of one item that started since `from`. */
export async function backupsOf(
  reads: Pick<AzureReads, 'jobs'>,
  { vaultId, item }: Pick<ItemRef, 'vaultId' | 'item'>,
  { from, now }: Since,
): Promise<JobFacts[]> {
  const to = new Date(now.getTime() + aheadMs);
  const jobs = await reads.jobs(vaultId, { from, to, operation: 'Backup' });
  return jobs.filter(({ containerName }) => containerName !== null && bareName(containerName) === bareName(item));
}
