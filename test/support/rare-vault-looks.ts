import type { SharedWaits } from '../../src/operations/ground/waits.ts';

type VaultWaits = Pick<SharedWaits, 'vaultBusy' | 'vaultIdle' | 'vaultLook'>;

/**
 * How often vaults are polled and looked at where a test doesn't wait for it, in milliseconds: a bot that does it every
 * second, as with a fast simulator, takes as much of the machine as its test.
 */
export function rareVaultLooks({ vaultBusy, vaultIdle, vaultLook }: VaultWaits): VaultWaits {
  return {
    vaultBusy: Math.max(vaultBusy, 1_000),
    vaultIdle: Math.max(vaultIdle, 5_000),
    vaultLook: Math.max(vaultLook, 5_000),
  };
}
