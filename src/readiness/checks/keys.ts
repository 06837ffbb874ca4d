/** Checks 14 and 15: the key versions and secrets that the disks use, read on the control plane, never a value. */
import type { KeyObject } from '../../azure/gateway.ts';
import { blocked, type Finding, type FindingDraft, passed, unread, unsettled, warned } from '../findings/finding.ts';
import type { KeyVaultUse, ObjectUse } from '../key-use.ts';
import type { KeyVaultPicture } from '../pictures/key-vault-picture.ts';
import type { Picture } from '../pictures/picture.ts';
import type { KeyReading, SecretReading } from '../reading.ts';

/** Key Vault can't copy a key with more than 500 versions; from this many on it is worth a warning. */
const versionAdvice = 450;

/** How long before a key expires it is worth a warning: time enough to renew it. */
const soonMs = 14 * 86_400_000;

/** Every key version that wraps a BEK. An expired one still unwraps, so the VM starts; it is only a warning. */
export function checkKeyVersions({ keyVaults, reading }: Picture): readonly Finding[] {
  return usable(keyVaults).flatMap(({ use, reading: { keys } }) =>
    use.keys.flatMap((key) => {
      const read = keys.find(({ url }) => url === key.url);
      return read ? keyFindings({ keyVault: use.name, key, read, now: reading.readAt }) : [];
    }),
  );
}

type KeyCheck = { keyVault: string; key: ObjectUse; read: KeyReading; now: Date };

function keyFindings({ keyVault, key, read, now }: KeyCheck): Finding[] {
  const draft = {
    subject: `${keyVault}/${key.name}`,
    params: { keyVault, key: key.name, version: key.version, disks: key.disks },
  };
  return [keyState(read, draft, now), ...versionCount(read, draft)];
}

function keyState(read: KeyReading, draft: Omit<FindingDraft, 'code'>, now: Date): Finding {
  if (!read.version.ok) {
    return unread({ ...draft, code: 'kek-version.unreadable' }, read.version.fault, keyReads);
  }
  const version = read.version.value;
  if (version === null) return blocked({ ...draft, code: 'kek-version.absent' });
  // Unsettled: that Azure Backup refuses because of a disabled KEK is neither documented nor recorded. A restored VM
  // couldn't start with it, so the plan stops until somebody has tried.
  if (!version.enabled) return blocked({ ...draft, code: 'kek-version.disabled' });
  const expiry = expiryOf(version, now);
  if (expiry === 'far') return passed({ ...draft, code: 'kek-version.enabled' });
  return warned({ ...draft, code: `kek-version.${expiry}`, params: { ...draft.params, ...expiring(version) } });
}

function versionCount(read: KeyReading, draft: Omit<FindingDraft, 'code'>): Finding[] {
  // Azure answers 404 for the versions of a missing key, and the key's own finding says so.
  if (!read.versions.ok && read.versions.fault.kind === 'missing') return [];
  if (!read.versions.ok) {
    return [unread({ ...draft, code: 'kek-version.versions-unreadable' }, read.versions.fault, keyReads)];
  }
  const params = { ...draft.params, count: read.versions.value.length };
  if (params.count > versionAdvice) return [warned({ ...draft, params, code: 'kek-version.many' })];
  return params.count > 1 ? [passed({ ...draft, params, code: 'kek-version.others' })] : [];
}

/** Every secret that is a BEK. Azure shows only the newest version, which needn't be the one the disk uses. */
export function checkSecrets({ keyVaults, reading }: Picture): readonly Finding[] {
  return usable(keyVaults).flatMap(({ use, reading: { secrets } }) =>
    use.secrets.flatMap((secret) => {
      const read = secrets.find(({ url }) => url === secret.url);
      return read ? [secretFinding({ use, secret, read, now: reading.readAt })] : [];
    }),
  );
}

type AskedSecret = { use: KeyVaultUse; secret: ObjectUse; read: SecretReading; now: Date };

function secretFinding({ use: { name: keyVault, wrapped }, secret, read, now }: AskedSecret): Finding {
  const draft = {
    subject: `${keyVault}/${secret.name}`,
    params: { keyVault, secret: secret.name, disks: secret.disks },
  };
  if (!read.secret.ok) {
    return unread({ ...draft, code: 'secret.unreadable' }, read.secret.fault, 'Microsoft.KeyVault/vaults/secrets/read');
  }
  const newest = read.secret.value;
  if (newest === null) return blocked({ ...draft, code: 'secret.absent' });
  const used = sameVersion(newest.version, secret.version);
  if (!newest.enabled) {
    return used
      ? blocked({ ...draft, code: 'secret.disabled', params: { ...draft.params, wrapped } })
      : unsettled({ ...draft, code: 'secret.newest-disabled' });
  }
  if (!used && newest.version !== null && secret.version !== '')
    return warned({ ...draft, code: 'secret.other-version' });
  const expiry = expiryOf(newest, now);
  if (expiry === 'far') return passed({ ...draft, code: 'secret.present' });
  return warned({ ...draft, code: `secret.${expiry}`, params: { ...draft.params, ...expiring(newest) } });
}

/** Those not known to be gone: if a key vault is, so are its keys, and saying that three times helps nobody. */
export function usable(keyVaults: readonly KeyVaultPicture[]): readonly KeyVaultPicture[] {
  return keyVaults.filter(({ reading }) => !(reading.vault.ok && reading.vault.value === null));
}

function sameVersion(newest: string | null, used: string): boolean {
  return newest !== null && newest.toLowerCase() === used.toLowerCase();
}

function expiryOf({ expires }: KeyObject, now: Date): 'expired' | 'expires-soon' | 'far' {
  if (expires === null) return 'far';
  if (expires < now) return 'expired';
  return expires.getTime() - now.getTime() <= soonMs ? 'expires-soon' : 'far';
}

function expiring({ expires }: KeyObject): { readonly expiredAt: string } {
  return { expiredAt: expires?.toISOString() ?? '' };
}

const keyReads = 'Microsoft.KeyVault/vaults/keys/versions/read';
