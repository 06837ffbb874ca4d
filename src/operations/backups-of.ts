import type { AzureReads, ItemRef, JobFacts, JobFilter } from '../azure/gateway.ts';

type Window = Pick<JobFilter, 'from' | 'to'>;

/** The backup jobs of one item that began in this window. */
export async function backupsOf(
  reads: Pick<AzureReads, 'jobs'>,
  { vaultId, item }: Pick<ItemRef, 'vaultId' | 'item'>,
  window: Window,
): Promise<JobFacts[]> {
  const jobs = await reads.jobs(vaultId, { ...window, operation: 'Backup' });
  return jobs.filter(({ containerName }) => containerName !== null && bareName(containerName) === bareName(item));
}

/** `VM;iaasvmcontainerv2;rg;vm` and `iaasvmcontainerv2;rg;vm` name the same machine. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(/^(vm|iaasvmcontainer);/, '');
}
