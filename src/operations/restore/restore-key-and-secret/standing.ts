/**
 * The state of a key or a secret that a disk needs. The control plane is read first: it is behind no firewall and needs
 * no permission in the key vault, and if everything is in order nothing else is needed.
 */
import type { AzureReads, KeyRestores } from '../../../azure/gateway.ts';
import { sameUrl } from './needs.ts';
import type { Need } from '../../parts/restore-key-and-secret.ts';

/** The tag of a new secret version that says which one it was made from. */
export const madeFrom = 'KluisRestoredFrom';
/** The tag by which Azure Disk Encryption finds the key that a secret is encrypted with. */
export const kekTag = 'DiskEncryptionKeyEncryptionKeyURL';

/**
 * `there`: it can be used. `disabled`: its version is. `other`: the name exists, but not this version. `deleted`: it
 * can be recovered. `free`: nothing has that name. `moved`: a new version of it is at `to`.
 */
type Standing =
  | { readonly is: 'there' | 'disabled' | 'other' | 'deleted' | 'free' }
  | { readonly is: 'moved'; readonly to: string };

type Reads = Pick<AzureReads, 'keyVersion' | 'secret'>;
type DataReads = Pick<KeyRestores, 'namedKey' | 'namedSecret' | 'secretVersions'>;

/** Looks it up. */
export async function standingOf(need: Need, reads: Reads, restores: DataReads): Promise<Standing> {
  return need.kind === 'key' ? standingOfKey(need, reads, restores) : standingOfSecret(need, reads, restores);
}

async function standingOfKey(need: Need, reads: Reads, restores: DataReads): Promise<Standing> {
  const version = await reads.keyVersion(need.keyVaultId, need.name, need.version);
  if (version) return { is: version.enabled ? 'there' : 'disabled' };
  const named = await restores.namedKey(need.uri, need.name);
  return { is: named === 'there' ? 'other' : named };
}

async function standingOfSecret(need: Need, reads: Reads, restores: DataReads): Promise<Standing> {
  const newest = await reads.secret(need.keyVaultId, need.name);
  if (newest?.version?.toLowerCase() === need.version.toLowerCase())
    return { is: newest.enabled ? 'there' : 'disabled' };
  const versions = await restores.secretVersions(need.uri, need.name);
  const own = versions.find(({ url }) => sameUrl(url, need.url));
  if (own?.enabled) return { is: 'there' };
  const made = versions.find(({ enabled, tags }) => enabled && isMadeFrom(tags, need));
  if (made) return { is: 'moved', to: made.url };
  if (own) return { is: 'disabled' };
  if (versions.length > 0) return { is: 'other' };
  const named = await restores.namedSecret(need.uri, need.name);
  return { is: named === 'there' ? 'other' : named };
}

function isMadeFrom(tags: Readonly<Record<string, string>>, { url, wrappedBy }: Need): boolean {
  if (tags[madeFrom] !== url) return false;
  return wrappedBy === null ? !tags[kekTag] : sameUrl(tags[kekTag] ?? '', wrappedBy);
}
