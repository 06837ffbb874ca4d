import type { StorageAccount } from '../azure/gateway.ts';
import { sameRegion } from './destinations.ts';

/** Why Azure Backup can't stage a restore in a region in a storage account; null: no known reason. */
export function unfitForStaging(account: StorageAccount, region: string): 'region' | 'kind' | 'firewall' | null {
  if (!sameRegion(account.region, region)) return 'region';
  if (!/^Storage(V2)?$/i.test(account.kind ?? '')) return 'kind';
  return account.firewalled === true ? 'firewall' : null;
}
