/**
 * Which keys and secrets restored disks need if the disks don't say it: with an Entra application, Azure Disk
 * Encryption keeps its settings in the VM's model. The restore's file with the keys names them.
 */
import type { PlannedKeyVault } from '../../ground/part.ts';
import type { BackedUpKeys } from './backed-up-keys.ts';
import { needsOf } from './needs.ts';
import type { Need, RestoreKeyAndSecret } from '../../parts/restore-key-and-secret.ts';

type EntraApp = NonNullable<RestoreKeyAndSecret['memo']['entraApp']>;

/**
 * What the file names, as `needsOf` has it, and the URLs for the extension; null: it names nothing. `needs` null: a key
 * is in none of the plan's key vaults. The file says only URLs, and anyone who can write to the account can change it.
 */
export function needsOfFile(
  all: BackedUpKeys,
  keyVaults: readonly PlannedKeyVault[],
): { readonly needs: readonly Need[] | null; readonly entraApp: EntraApp } | null {
  const [first] = all;
  if (!first) return null;
  const idOf = (url: string) =>
    keyVaults.find(({ name }) => name.toLowerCase() === /^https:\/\/([^./]+)\./i.exec(url)?.[1]?.toLowerCase())?.id ??
    null;
  const keys = all.map(({ secretUrl, keyUrl }) => ({
    secretUrl,
    secretVaultId: idOf(secretUrl),
    keyUrl,
    keyVaultId: keyUrl === null ? null : idOf(keyUrl),
  }));
  const needs = needsOf([{ ade: { version: null, keys } }]);
  return { needs, entraApp: { secretUrl: first.secretUrl, keyUrl: first.keyUrl } };
}
