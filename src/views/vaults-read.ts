import { AzureFault } from '../azure/faults.ts';
import type { VaultFacts } from '../azure/gateway.ts';
import type { ViewPorts } from './view.ts';

/** All Recovery Services vaults of all subscriptions. */
export async function readVaults(ports: ViewPorts): Promise<readonly VaultFacts[]> {
  const lists = await Promise.all(ports.subscriptions.map((id) => ports.reads.vaults(id)));
  return lists.flat();
}

/** What was read of each vault; where the right is missing the vault's name stands in `unread`, and nothing is guessed. */
export async function perVault<T>(
  vaults: readonly VaultFacts[],
  read: (vault: VaultFacts) => Promise<T>,
): Promise<{ readonly read: readonly T[]; readonly unread: readonly string[] }> {
  const all = await Promise.all(
    vaults.map(async (vault) => {
      try {
        return { ok: true as const, value: await read(vault) };
      } catch (error) {
        if (!(error instanceof AzureFault) || error.kind !== 'forbidden') throw error;
        return { ok: false as const, name: vault.name };
      }
    }),
  );
  return {
    read: all.flatMap((one) => (one.ok ? [one.value] : [])),
    unread: all.flatMap((one) => (one.ok ? [] : [one.name])),
  };
}
