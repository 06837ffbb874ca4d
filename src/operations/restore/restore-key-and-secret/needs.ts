/** Which keys and secrets restored disks need, by the URLs in the disks. Pure. */
import type { DiskFacts } from '../../../azure/gateway.ts';
import { parseArmId } from '../../../core/arm-id.ts';
import type { Need } from '../../parts/restore-key-and-secret.ts';

/** What the disks need, each once, the keys first: secrets refer to them. Null: a disk's URL has an unknown form. */
export function needsOf(disks: readonly Pick<DiskFacts, 'ade'>[]): readonly Need[] | null {
  const all = disks.flatMap(({ ade }) =>
    (ade?.keys ?? []).flatMap(({ secretUrl, secretVaultId, keyUrl, keyVaultId }) => [
      ...(keyUrl === null ? [] : [needOf('key', { url: keyUrl, keyVaultId, wrappedBy: null })]),
      needOf('secret', { url: secretUrl, keyVaultId: secretVaultId, wrappedBy: keyUrl }),
    ]),
  );
  const known = all.filter((need) => need !== null);
  if (known.length < all.length) return null;
  const once = [...new Map(known.map((need) => [plain(need.url), need])).values()];
  return [...once.filter(({ kind }) => kind === 'key'), ...once.filter(({ kind }) => kind === 'secret')];
}

/**
 * A version of a key or a secret by its URL, in the characters that Key Vault takes: the URL also stands in commands,
 * and anyone who can write to a staging account can have written it.
 * https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#vault-name-and-object-name
 */
const ofKeyVault =
  /^(https:\/\/[a-z0-9-]+\.vault\.azure\.net(?::443)?\/)(?:keys|secrets)\/([a-z0-9-]+)\/([a-z0-9]+)\/?$/i;

/** Whether a text is the URL of a version of a key or a secret, and nothing else. */
export function isKeyVaultUrl(url: string): boolean {
  return ofKeyVault.test(url);
}

type Named = { readonly url: string | null; readonly keyVaultId: string | null; readonly wrappedBy: string | null };

function needOf(kind: Need['kind'], { url, keyVaultId, wrappedBy }: Named): Need | null {
  const [, uri, name, version] = ofKeyVault.exec(url ?? '') ?? [];
  const keyVault = keyVaultId === null ? null : parseArmId(keyVaultId);
  if (!url || !uri || !name || !version || !keyVault) return null;
  return { kind, url, uri, keyVaultId: keyVault.id, keyVault: keyVault.name, name, version, wrappedBy };
}

/** Whether two URLs name the same thing, ignoring a port or a trailing slash. */
export function sameUrl(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(url: string): string {
  return url.toLowerCase().replace(':443/', '/').replace(/\/+$/, '');
}
