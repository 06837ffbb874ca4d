import type { JsonBody } from '../json.ts';
import type { CopiedKeys, PointSpec } from '../state/state-backup.ts';
import type { DiskSpec } from '../state/state-compute.ts';
import type { ObjectVersion, VaultObject } from '../state/state-keyvault.ts';
import type { SimState } from '../state/state.ts';
import { same } from '../ids.ts';
import { sealed } from './backup-blob.ts';
import { inForm } from './keys-shapes.ts';
import { bekOf, contentOf, pairWords } from './secret-content.ts';
import { unwrapped } from './wrap.ts';

/**
 * The content of the "Encryption Info Blob" of a restore of disks: the keys as of the recovery point, whatever has
 * happened to them since; null if the point has none. `OsDiskKeyAndSecretDetails` with its fields is what azure-docs
 * read from it (backup-azure-restore-key-secret). How the keys of data disks are written there isn't recorded: the list
 * is made up.
 */
export function encryptionInfo(
  { copiedKeys = [] }: PointSpec,
  { leavesOutSecretBackups = false, keysFile }: Partial<SimState['settings']> = {},
): JsonBody | null {
  if (copiedKeys.length === 0) return null;
  const os = copiedKeys.find(({ lun }) => lun < 0);
  const data = copiedKeys.filter(({ lun }) => lun >= 0);
  const told = (one: CopiedKeys): JsonBody => {
    const { KeyVaultSecretBackupData: backup, ...rest } = details(one);
    const all = backup === undefined || leavesOutSecretBackups ? rest : { ...rest, KeyVaultSecretBackupData: backup };
    return inForm(all, keysFile);
  };
  return {
    ...(os ? { OsDiskKeyAndSecretDetails: told(os) } : {}),
    ...(data.length > 0 ? { DataDiskKeyAndSecretDetails: data.map((one) => ({ Lun: one.lun, ...told(one) })) } : {}),
  };
}

/**
 * Whether a disk can be unlocked now: whether the secret that it names, unwrapped with the key that it names, is the
 * key with which its volumes are encrypted. A disk without settings of Azure Disk Encryption needs none.
 */
export function unlocks(state: SimState, { ade, bek }: Pick<DiskSpec, 'ade' | 'bek'>): boolean {
  if (!ade) return bek === undefined;
  const secret = usable(state, 'secrets', ade.secretUrl);
  if (!secret || bek === undefined) return false;
  const { value } = contentOf(secret.version);
  if (!ade.keyUrl) return bekOf(bek).equals(Buffer.from(value, 'base64'));
  const key = usable(state, 'keys', ade.keyUrl);
  return key !== null && unwrapped(pairWords(key.vault, key.object, key.version), value)?.equals(bekOf(bek)) === true;
}

function details({ ade, secret, key }: CopiedKeys): JsonBody {
  const version = versionAt(secret.object, ade.secretUrl);
  const where = { SecretUrl: ade.secretUrl, SecretData: version ? contentOf(version).value : '' };
  if (!key) {
    return { ...where, KeyVaultSecretBackupData: sealed(secret.from, 'secrets', secret.object).toString('base64') };
  }
  return { KeyUrl: ade.keyUrl, KeyBackupData: sealed(key.from, 'keys', key.object).toString('base64'), ...where };
}

function usable(
  state: SimState,
  kind: 'keys' | 'secrets',
  url: string,
): { vault: { name: string }; object: VaultObject; version: ObjectVersion } | null {
  const [, host = '', path = ''] = /^https:\/\/([^./]+)\.vault\.azure\.net(?::443)?\/(.+)$/i.exec(url) ?? [];
  const vault = state.keyVaults.find((known) => same(known.name, host));
  const object = vault?.[kind].find((known) => same(known.name, path.split('/')[1]));
  const version = object && versionAt(object, url);
  return vault && object && version?.enabled ? { vault, object, version } : null;
}

function versionAt(object: VaultObject, url: string): ObjectVersion | undefined {
  return object.versions.find((one) => same(one.version, url.split('/').pop()));
}
