import { redact } from '../../core/log.ts';

const maxLength = 2000;

/**
 * Code and text of an error answer; both null where the body is none that Azure would write, as a proxy's page. Key
 * Vault says one word to many reasons (`Forbidden`, `Conflict`), and which one it is in the code within: that counts.
 */
export function readEnvelope(body: string): { code: string | null; says: string | null } {
  const content = parsed(body);
  const error = isRecord(content['error']) ? content['error'] : content;
  const inner = isRecord(error['innererror']) ? text(error['innererror']['code']) : null;
  return { code: inner ?? text(error['code']), says: quoted(text(error['message'])) };
}

function parsed(body: string): Record<string, unknown> {
  try {
    // Some answers of Azure begin with a byte order mark.
    const content: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
    return isRecord(content) ? content : {};
  } catch {
    return {};
  }
}

function quoted(says: string | null): string | null {
  return says === null ? null : redact(says.trim()).slice(0, maxLength);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
