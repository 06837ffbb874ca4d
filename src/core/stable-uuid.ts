import { createHash } from 'node:crypto';

/** A UUID that is the same for the same text: of the form of version 5, made from SHA-256. */
export function stableUuid(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const variant = ((parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
