/** What only a restore itself can tell, for the VMs and vaults about which lists leave a doubt. */
import type { DiskFacts, VaultFacts } from '../../azure/gateway.ts';

/** Whether a Resource Guard holds up the restores of a vault; `shut`: nobody has let Kluis through yet. */
export type GuardOutlook =
  | { readonly is: 'none' | 'open' | 'unread' }
  | { readonly is: 'shut'; readonly guard: string };

/**
 * Whether a restore could bring back the keys that disks name and that can't be used now. `makesVersions`: as new
 * versions, so that it also writes to the restored disks. `shut`: the restore identity can't get in; `taken`: another
 * key has the name; `disabled`: somebody has to enable it.
 */
export type KeysOutlook =
  | { readonly is: 'back'; readonly makesVersions: boolean }
  | { readonly is: 'shut' | 'taken' | 'disabled'; readonly keyVault: string }
  | { readonly is: 'unread' };

/** What the restore identity has to be allowed at the restored disks, where it writes new versions into them. */
export const linkActions = ['Microsoft.Compute/disks/read', 'Microsoft.Compute/disks/write'] as const;

/** The checks. */
export type RestoreChecks = {
  readonly guard: (vault: VaultFacts) => Promise<GuardOutlook>;
  readonly keys: (disks: readonly Pick<DiskFacts, 'ade'>[]) => Promise<KeysOutlook>;
};
