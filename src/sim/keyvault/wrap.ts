import { constants, createHash, privateDecrypt, publicEncrypt } from 'node:crypto';
import { bytesOf, keyPair } from './key-pair.ts';

const BYTES = 256;
const HASH = 20;

/**
 * These bytes wrapped by Key Vault's wrapKey with RSA-OAEP (SHA-1), base64url. The padding's random seed is derived
 * from the content, so that a secret has the same value each time; unwrapping doesn't depend on that.
 */
export function wrapped(pair: string, bytes: Buffer): string {
  const seed = bytesOf(`seed ${pair} ${bytes.toString('hex')}`, HASH);
  const block = Buffer.alloc(BYTES - HASH - 1);
  sha1(Buffer.alloc(0)).copy(block);
  block.writeUInt8(1, block.length - bytes.length - 1);
  bytes.copy(block, block.length - bytes.length);
  const maskedBlock = masked(block, seed);
  const padded = Buffer.concat([Buffer.alloc(1), masked(seed, maskedBlock), maskedBlock]);
  const { key } = keyPair(pair);
  return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, padded).toString('base64url');
}

/** What Key Vault's unwrapKey returns; null if this pair didn't wrap it. */
export function unwrapped(pair: string, value: string): Buffer | null {
  const { key } = keyPair(pair);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  try {
    return privateDecrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(value, 'base64url'));
  } catch {
    return null;
  }
}

/** `bytes` masked by MGF1 with SHA-1 over `by` (RFC 8017, B.2.1). */
function masked(bytes: Buffer, by: Buffer): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes.length / HASH) }, (_, at) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(at);
    return sha1(Buffer.concat([by, counter]));
  });
  const mask = Buffer.concat(blocks);
  return Buffer.from(bytes.map((byte, at) => byte ^ (mask[at] ?? 0)));
}

function sha1(bytes: Buffer): Buffer {
  return createHash('sha1').update(bytes).digest();
}
