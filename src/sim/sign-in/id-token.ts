import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';

/** The key of a running simulator, made on first use. */
export type SigningKey = { readonly kid: string; readonly own: KeyObject; readonly shown: Record<string, unknown> };

/** Makes a key like Entra's: RSA, for RS256. */
export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  return { kid, own: privateKey, shown: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } };
}

/** An ID token with these claims. */
export function signedToken(key: SigningKey, claims: Readonly<Record<string, unknown>>): string {
  const head = part({ typ: 'JWT', alg: 'RS256', kid: key.kid });
  const body = part(claims);
  const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(key.own);
  return `${head}.${body}.${signature.toString('base64url')}`;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
