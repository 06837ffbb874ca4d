import { botFramework } from './authentication.ts';

const bearer = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/;

/**
 * Whether the header has a token that claims to be issued by the Bot Framework. It proves nothing and comes before the
 * proof: botbuilder accepts three further kinds (emulator, skills, App Service), of which a bot in Teams needs none,
 * and notes the tenant of every token that it has not checked yet in a list that only grows.
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
