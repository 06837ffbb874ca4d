import { botFramework } from './authentication.ts';

const bearer = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/;

/**
 * Whether the header has a token that claims to be issued by the Bot Framework. It proves nothing and is checked before
 * verification: botbuilder accepts three other kinds (emulator, skills, App Service), none of which a Teams bot needs,
 * and records the tenant of every unverified token in a list that only grows.
 */
export function claimsBotFramework(authorization: string): boolean {
  const [, header, payload] = bearer.exec(authorization) ?? [];
  if (!header || !payload) return false;
  return decoded(header) !== null && decoded(payload)?.['iss'] === botFramework;
}

function decoded(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
