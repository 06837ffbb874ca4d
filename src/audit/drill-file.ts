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

/** The page of a report to print: every field, a row each. */
export function drillPage({ report, signature }: DrillFile): string {
  const rows = Object.entries(report).map(
    ([name, value]) => `<tr><th>${escaped(name)}</th><td><pre>${escaped(textOf(value))}</pre></td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Restore drill</title>
<style>body { font: 11pt/1.4 sans-serif; margin: 2cm } th { text-align: left; vertical-align: top; padding-right: 1em } pre { font: inherit; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }</style>
<h1>Restore drill</h1>
<table>
${rows.join('\n')}
</table>
<p>Signature (Ed25519): <code style="overflow-wrap: anywhere">${escaped(signature)}</code>. The JSON file of this report proves it: npm run audit:verify -- --drill file</p>
</html>
`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
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
