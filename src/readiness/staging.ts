import type { StorageAccount } from '../azure/gateway.ts';
import { sameRegion } from './destinations.ts';

/** Why Azure Backup can't stage a restore in a region in a storage account; null: no known reason. */
export function unfitForStaging(account: StorageAccount, region: string): 'region' | 'kind' | 'firewall' | null {
  if (!sameRegion(account.region, region)) return 'region';
  if (!/^Storage(V2)?$/i.test(account.kind ?? '')) return 'kind';
  return account.firewalled === true ? 'firewall' : null;
}

/**
 * Whether a service made this resource group for itself: Azure Backup keeps its snapshots in one, which isn't for
 * anything else. It names itself in `managedBy`; the name is Azure Backup's unless a policy has another.
 */
export function isOfService({
  name,
  managedBy,
}: {
  readonly name: string;
  readonly managedBy: string | null;
}): boolean {
  return managedBy !== null || /^AzureBackupRG_/i.test(name);
}
