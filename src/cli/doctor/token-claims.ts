import { z } from 'zod';

const claimsShape = z.object({ tid: z.string().optional(), oid: z.string().optional(), appid: z.string().optional() });

/** Whose token it is, according to the token itself: tenant, object and application; empty if it doesn't say. */
export type TokenClaims = z.infer<typeof claimsShape>;

/** Reads who a token is for. It is our own, so its signature doesn't matter here; nothing of it is kept. */
export function claimsOf(token: string): TokenClaims {
  try {
    const body = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return claimsShape.parse(JSON.parse(body));
  } catch {
    return {};
  }
}
