import { checkPrimeSync, createHash, createPrivateKey, type KeyObject } from 'node:crypto';

/** The RSA key pair of a key version. `n`: its modulus, base64url, the only part that Key Vault ever shows. */
type KeyPair = { readonly key: KeyObject; readonly n: string };

const E = 65_537n;
const BYTES = 256;
const made = new Map<string, KeyPair>();

/**
 * The 2,048-bit RSA pair derived from these words. So the state holds only the words, and the key is the same after a
 * restart. Finding its primes takes some tenths of a second, so the pair is made on first use.
 */
export function keyPair(words: string): KeyPair {
  const known = made.get(words) ?? pairOf(words);
  made.set(words, known);
  return known;
}

/** This number of bytes derived from these words. */
export function bytesOf(words: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
    createHash('sha256').update(`${at} ${words}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function pairOf(words: string): KeyPair {
  const p = primeAfter(`first prime ${words}`);
  const q = primeAfter(`second prime ${words}`);
  const d = inverse(E, (p - 1n) * (q - 1n));
  const n = text(p * q, BYTES);
  const half = { p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const parts = Object.entries(half).map(([name, value]) => [name, text(value, BYTES / 2)]);
  const jwk = { kty: 'RSA', n, e: text(E, 3), d: text(d, BYTES), ...Object.fromEntries(parts) };
  return { key: createPrivateKey({ key: jwk, format: 'jwk' }), n };
}

/** Skips candidates with a small factor first: that is most of them, and the real test is slow. */
const SMALL = Array.from({ length: 2000 }, (_, at) => 2 * at + 3).filter((odd) => isPrime(odd));

function primeAfter(words: string): bigint {
  const bytes = Buffer.from(bytesOf(words, BYTES / 2));
  // The two highest bits, so that the product of two primes has full length; the lowest, so that it is odd.
  bytes.writeUInt8(bytes.readUInt8(0) | 0xc0, 0);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) | 1, bytes.length - 1);
  const start = BigInt(`0x${bytes.toString('hex')}`);
  const rests = SMALL.map((small) => [small, Number(start % BigInt(small))] as const);
  for (let step = 0; ; step += 2) {
    if (rests.some(([small, rest]) => (rest + step) % small === 0)) continue;
    const candidate = start + BigInt(step);
    if (candidate % E !== 1n && checkPrimeSync(candidate)) return candidate;
  }
}

function isPrime(odd: number): boolean {
  for (let by = 3; by * by <= odd; by += 2) if (odd % by === 0) return false;
  return true;
}

/** The inverse of `value` modulo `modulus`, by Euclid's extended algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, next, factor, nextFactor] = [value, modulus, 1n, 0n];
  while (next !== 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, nextFactor] = [nextFactor, factor - times * nextFactor];
  }
  return ((factor % modulus) + modulus) % modulus;
}

function text(value: bigint, bytes: number): string {
  return Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex').toString('base64url');
}
