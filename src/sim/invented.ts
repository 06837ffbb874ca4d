import { createHash } from 'node:crypto';

/** A GUID derived from these words. */
export function guidOf(words: string): string {
  const hex = hexOf(words);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** 32 hexadecimal digits derived from these words: what Key Vault calls a version. */
export function hexOf(words: string): string {
  return createHash('sha256').update(words).digest('hex').slice(0, 32);
}

/** Decimal digits derived from these words. */
export function numberOf(words: string): string {
  return String(createHash('sha256').update(words).digest().readUIntBE(0, 6)).padStart(13, '1');
}
