/**
 * The signed report of a drill, as a file that can be proven without the database: the report, its signature (Ed25519
 * over its canonical JSON, RFC 8785) and the public key. Pure.
 */
import canonicalize from 'canonicalize';
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { z } from 'zod';

/** The key pair of an installation, in PEM. */
export type SigningKey = { readonly privateKey: string; readonly publicKey: string };

const file = z.strictObject({
  report: z.looseObject({ kluisDrill: z.literal(1) }).readonly(),
  signature: z.string(),
  publicKey: z.string(),
});
/** Such a file. */
export type DrillFile = z.infer<typeof file>;

/** A new key pair. */
export function newSigningKey(): SigningKey {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

/** Signs a report. */
export function signedReport(report: DrillFile['report'], { privateKey, publicKey }: SigningKey): DrillFile {
  return { report, signature: sign(null, bytesOf(report), privateKey).toString('base64'), publicKey };
}

/** What a file came to: whose key signed it, by its fingerprint; or why it proves nothing. */
type Proven =
  | { readonly proven: true; readonly report: DrillFile['report']; readonly fingerprint: string }
  | { readonly proven: false; readonly why: 'unreadable' | 'changed' };

/** Verifies a file. Whose key it is, only a fingerprint from elsewhere can show. */
export function proveReport(text: string): Proven {
  const parsed = file.safeParse(jsonOf(text));
  if (!parsed.success) return { proven: false, why: 'unreadable' };
  const { report, signature, publicKey } = parsed.data;
  try {
    const key = createPublicKey(publicKey);
    const isWhole =
      key.asymmetricKeyType === 'ed25519' && verify(null, bytesOf(report), key, Buffer.from(signature, 'base64'));
    if (!isWhole) return { proven: false, why: 'changed' };
    const der = key.export({ type: 'spki', format: 'der' });
    return { proven: true, report, fingerprint: createHash('sha256').update(der).digest('hex') };
  } catch {
    return { proven: false, why: 'unreadable' };
  }
}

function bytesOf(report: DrillFile['report']): Buffer {
  return Buffer.from(canonicalize(report) ?? '');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
