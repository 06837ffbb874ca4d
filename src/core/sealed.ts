/** Secrets at rest: AES-256-GCM under a key of the settings, bound to what they are for. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Keys of 32 bytes: the first seals, any of them opens. So a new one is put first, and the
 * old one taken away later.
 */
export type SealingKeys = readonly [Buffer, ...Buffer[]];

const algorithm = 'aes-256-gcm';
const [nonceBytes, tagBytes] = [12, 16];

/** Seals a text. `boundTo` is not secret: sealed for one thing, it opens for no other. */
export function seal([key]: SealingKeys, text: string, boundTo: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(boundTo));
  const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString('base64url');
}

/** Opens what was sealed; null where none of the keys did it, or it was for something else. */
export function unseal(keys: SealingKeys, sealed: string, boundTo: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return null;
  for (const key of keys) {
    const opened = openedWith(key, bytes, boundTo);
    if (opened !== null) return opened;
  }
  return null;
}

function openedWith(key: Buffer, bytes: Buffer, boundTo: string): string | null {
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null; // another key, or another thing
  }
}
