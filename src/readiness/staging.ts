import type { StorageAccount } from '../azure/gateway.ts';
import { sameRegion } from './destinations.ts';

/** Why Azure Backup can stage no restore of a region in a storage account; null: nothing known stands in the way. */
export function unfitForStaging(account: StorageAccount, region: string): 'region' | 'kind' | 'firewall' | null {
  if (!sameRegion(account.region, region)) return 'region';
  if (!/^Storage(V2)?$/i.test(account.kind ?? '')) return 'kind';
  return account.firewalled === true ? 'firewall' : null;
}
