import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { KeyHome } from '../state/state-backup.ts';
import type { VaultObject } from '../state/state-keyvault.ts';
import { bytesOf } from './key-pair.ts';
import { pairWords } from './secret-content.ts';

type Kind = 'keys' | 'secrets';

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/**
 * The backup of a key or a secret with all its versions, as bytes. They are encrypted for the key vault's subscription
 * and geography, as Azure says of its own, and can't be opened elsewhere. Azure's begin with the same words
 * (azure-sdk-for-js, recording_can_restore_a_key_with_a_given_backup; made up for secrets); what follows isn't known.
 */
export function sealed(home: KeyHome, kind: Kind, object: VaultObject): Buffer {
  const versions = object.versions.map((one) =>
    kind === 'keys' ? { ...one, pair: pairWords(home, object, one) } : one,
  );
  const { recoveredAt: _recoveredAt, ...kept } = { ...object, versions };
  const text = JSON.stringify(kept);
  const nonce = createHash('sha256').update(text).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealOf(home, kind), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(prefixOf(kind)), nonce, cipher.getAuthTag(), body]);
}

/** The object in a backup; null if it is none, or one of another subscription, geography or kind. */
export function opened(home: KeyHome, kind: Kind, bytes: Buffer): VaultObject | null {
  const prefix = prefixOf(kind);
  if (bytes.subarray(0, prefix.length).toString() !== prefix) return null;
  const rest = bytes.subarray(prefix.length);
  try {
    const decipher = createDecipheriv('aes-256-gcm', sealOf(home, kind), rest.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(rest.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = rest.subarray(NONCE_BYTES + TAG_BYTES);
    const text = decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
    return JSON.parse(text) as VaultObject;
  } catch {
    return null;
  }
}

function prefixOf(kind: Kind): string {
  return `&AzureKeyVault${kind === 'keys' ? 'Key' : 'Secret'}BackupV1.microsoft.com`;
}

function sealOf({ subscription, location }: KeyHome, kind: Kind): Buffer {
  return bytesOf(`backups of ${kind} of ${subscription.toLowerCase()} in ${geographyOf(location)}`, 32);
}

/** The geographies of the regions that the estate knows (Microsoft's list of Azure geographies). */
const GEOGRAPHIES = new Map([
  ['westeurope', 'europe'],
  ['northeurope', 'europe'],
  ['eastus', 'unitedstates'],
  ['eastus2', 'unitedstates'],
  ['westus', 'unitedstates'],
]);

function geographyOf(location: string): string {
  return GEOGRAPHIES.get(location.toLowerCase()) ?? location.toLowerCase();
}
