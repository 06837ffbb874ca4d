import type { StorageAccount } from '../azure/gateway.ts';
import { parseArmId, subscriptionOf } from '../core/arm-id.ts';
import { sameRegion } from './destinations.ts';

/** The subscription whose storage accounts and resource groups a restore takes: the VM's. */
export function subscriptionOfRestores(vmId: string, vaultId: string): string {
  return parseArmId(vmId)?.subscription ?? subscriptionOf(vaultId);
}

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

/** A Recovery Services vault's region, and whether it has an identity of its own. */
type Staged = { readonly region: string; readonly vaultIdentity: boolean };

/** The same for a vault: its own identity gets through an account's firewall. */
export function stagingOf(
  account: StorageAccount,
  { region, vaultIdentity }: Staged,
): { readonly unfit: ReturnType<typeof unfitForStaging>; readonly byIdentity?: true } {
  const unfit = unfitForStaging(account, region);
  return vaultIdentity && unfit === 'firewall' ? { unfit: null, byIdentity: true } : { unfit };
}
