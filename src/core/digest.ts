import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { toJson } from './json.ts';

/**
 * SHA-256 over the canonical JSON (RFC 8785) of a value, in hex: equal values give equal
 * digests, whatever the order of keys.
 */
export function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(toJson(value)) ?? 'null')
    .digest('hex');
}
