import { createHash } from 'node:crypto';
import type { Call } from './call.ts';

/** The epoch of .NET's ticks, in milliseconds. */
const TICKS_EPOCH = 62_135_596_800_000n;

/**
 * An absolute URL for polling. From the 2024 api-versions on Azure signs it: `t` (ticks), `c` (a certificate), `s` (a
 * signature) and `h` (a hash), 2,000 to 4,000 characters in all.
 */
export function pollUrl(call: Call, path: string, version = call.version): string {
  const plain = `${call.base}${path}?api-version=${version}`;
  if (call.version < '2024-01-01') return plain;
  const ticks = String((BigInt(call.world.now().getTime()) + TICKS_EPOCH) * 10_000n);
  const certificate = `MII${noise('certificate', 2050)}`;
  const signature = noise(`${path} ${ticks}`, 340);
  return `${plain}&t=${ticks}&c=${certificate}&s=${signature}&h=${hashOf(ticks + certificate + signature)}`;
}

/**
 * Whether a polled URL came back as it was given: unsigned (Azure answers some of these too), or signed and complete.
 * That detects a client that cuts it or rebuilds half of it.
 */
export function isWhole(query: ReadonlyMap<string, string>): boolean {
  const parts = ['t', 'c', 's', 'h'].map((name) => query.get(name));
  if (parts.every((part) => part === undefined)) return true;
  const [ticks, certificate, signature, hash] = parts.map((part) => part ?? '');
  return hash === hashOf(`${ticks}${certificate}${signature}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function noise(seed: string, length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part += 1) text += hashOf(`${seed} ${part}`);
  return text.slice(0, length);
}
