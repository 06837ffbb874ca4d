import type { JsonBody } from '../json.ts';
import type { DeletedObject, KeyVaultSpec, ObjectVersion } from '../state/state-keyvault.ts';
import { millis } from '../times.ts';
import { keyPair } from './key-pair.ts';
import type { ObjectCall, FoundObject } from './objects.ts';
import { contentOf, objectUrl, pairWords } from './secret-content.ts';

const DAY = 86_400_000;

/** A key or a secret as the data plane returns it: a key's public half, a secret's value. */
export function bundle(asked: ObjectCall, found: FoundObject): JsonBody {
  if (asked.kind === 'keys') return keyBundle(asked.vault, found);
  return { value: contentOf(found.version).value, ...secretBundle(asked.vault, found) };
}

/** A deleted one: without a secret's value. */
export function deletedBundle({ vault, kind }: ObjectCall, object: DeletedObject): JsonBody {
  const version = object.versions.at(-1);
  if (!version) throw new Error(`${object.name} has no version`);
  const deletedAt = millis(object.deletedAt);
  const found = { object, version };
  return {
    recoveryId: `https://${vault.name}.vault.azure.net/deleted${kind}/${object.name}`,
    deletedDate: seconds(deletedAt),
    scheduledPurgeDate: seconds(deletedAt + vault.softDeleteDays * DAY),
    ...(kind === 'keys' ? keyBundle(vault, found) : secretBundle(vault, found)),
  };
}

/** A version without its content, as in lists. */
export function withoutValue({ vault, kind }: ObjectCall, found: FoundObject): JsonBody {
  if (kind === 'secrets') return secretBundle(vault, found);
  const { object, version } = found;
  const kid = objectUrl(vault, 'keys', { name: object.name, version: version.version });
  return { kid, attributes: attributesOf(vault, version) };
}

function keyBundle(vault: KeyVaultSpec, { object, version }: FoundObject): JsonBody {
  return {
    key: {
      kid: objectUrl(vault, 'keys', { name: object.name, version: version.version }),
      kty: 'RSA',
      key_ops: ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'],
      n: keyPair(pairWords(vault, object, version)).n,
      e: 'AQAB',
    },
    attributes: { ...attributesOf(vault, version), exportable: false },
    ...(object.certificate ? { managed: true } : {}),
  };
}

function secretBundle(vault: KeyVaultSpec, { object, version }: FoundObject): JsonBody {
  const { contentType, tags = {} } = version.holds ?? {};
  return {
    id: objectUrl(vault, 'secrets', { name: object.name, version: version.version }),
    ...(contentType === undefined ? {} : { contentType }),
    attributes: attributesOf(vault, version),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

function attributesOf(vault: KeyVaultSpec, version: ObjectVersion): JsonBody {
  const created = seconds(millis(version.created));
  return {
    enabled: version.enabled,
    ...(version.starts ? { nbf: seconds(millis(version.starts)) } : {}),
    ...(version.expires ? { exp: seconds(millis(version.expires)) } : {}),
    created,
    updated: created,
    recoveryLevel: vault.purgeProtection ? 'Recoverable' : 'Recoverable+Purgeable',
    recoverableDays: vault.softDeleteDays,
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
