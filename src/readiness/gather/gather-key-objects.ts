/**
 * Reads the keys and secrets that disks use: for one VM individually, for many VMs by list, whenever a list saves
 * calls.
 */
import { keyOfId } from '../../core/arm-id.ts';
import type { KeyObject } from '../../azure/gateway.ts';
import { indexOf } from './index-of.ts';
import type { ObjectUse } from '../key-use.ts';
import type { Reader } from './reader.ts';
import type { KeyReading, Read, SecretReading } from '../reading.ts';

/** How a gathering reads the keys and secrets of a key vault. */
export type ObjectReads = {
  readonly key: (keyVaultId: string, key: ObjectUse) => Promise<KeyReading>;
  readonly secret: (keyVaultId: string, secret: ObjectUse) => Promise<SecretReading>;
};

/**
 * Each key version, each key's versions and each secret with a call of its own: for one VM, whose few are read in
 * parallel.
 */
export function objectsOneByOne(reader: Reader): ObjectReads {
  const { once, azure } = reader;
  return {
    key: async (keyVaultId, key) => {
      const [version, versions] = await Promise.all([
        once(`key ${key.url.toLowerCase()}`, () => azure.keyVersion(keyVaultId, key.name, key.version)),
        versionsOf(reader, keyVaultId, key),
      ]);
      return { url: key.url, version, versions };
    },
    secret: async (keyVaultId, secret) => ({ url: secret.url, secret: await secretOf(reader, keyVaultId, secret) }),
  };
}

// A list has as many pages as the key vault has secrets, so a few are read one by one.
const fewSecrets = 4;

/**
 * The versions of each key once, and a key vault's secrets by one list if `inUse` says that more than a few of them are
 * needed. What a list doesn't show (a secret's version) is then read from the secret itself.
 */
export function objectsByList(reader: Reader, inUse: (keyVaultId: string) => Promise<number>): ObjectReads {
  return {
    key: async (keyVaultId, key) => {
      const versions = await versionsOf(reader, keyVaultId, key);
      const version = orAbsent(versions, (all) => versionIn(all, key.version.toLowerCase()));
      return { url: key.url, version, versions };
    },
    secret: async (keyVaultId, secret) => {
      const list = (await inUse(keyVaultId)) > fewSecrets ? await secretsOf(reader, keyVaultId) : null;
      const listed = list && orAbsent(list, (all) => nameIn(all, secret.name.toLowerCase()));
      const told = listed !== null && !(listed.ok && listed.value && listed.value.version === null);
      return { url: secret.url, secret: told ? listed : await secretOf(reader, keyVaultId, secret) };
    },
  };
}

function versionsOf({ once, azure }: Reader, keyVaultId: string, key: ObjectUse) {
  return once(`key versions ${keyOfId(keyVaultId)} ${key.name}`, () => azure.keyVersions(keyVaultId, key.name));
}

function secretOf({ once, azure }: Reader, keyVaultId: string, { name }: ObjectUse) {
  return once(`secret ${keyOfId(keyVaultId)} ${name}`, () => azure.secret(keyVaultId, name));
}

function secretsOf({ once, azure }: Reader, keyVaultId: string) {
  return once(`secrets ${keyOfId(keyVaultId)}`, () => azure.secrets(keyVaultId));
}

// Azure answers 404 when it lists the versions of something that doesn't exist.
function orAbsent<T, U>(read: Read<T>, pick: (value: T) => U | null): Read<U | null> {
  if (read.ok) return { ok: true, value: pick(read.value) };
  return read.fault.kind === 'missing' ? { ok: true, value: null } : read;
}

/** The key of those without a version: no version is called so. */
const none = ' ';
const versionIn = indexOf<KeyObject>(({ version }) => version?.toLowerCase() ?? none);
const nameIn = indexOf<KeyObject>(({ name }) => name.toLowerCase());
