import { redact } from '../../core/log.ts';
import { cut } from '../../core/storable.ts';

const maxLength = 2000;

/**
 * Code and text of an error answer, and its innermost errors; both null if the body isn't one that Azure would write,
 * such as a proxy's page. Key Vault uses one word for many reasons (`Forbidden`, `Conflict`), and the inner code says
 * which one it is: that counts.
 */
export function readEnvelope(body: string): {
  code: string | null;
  says: string | null;
  inner: readonly InnerError[];
} {
  const content = parsed(body);
  const error = isRecord(content['error']) ? content['error'] : content;
  const within = isRecord(error['innererror']) ? text(error['innererror']['code']) : null;
  return {
    code: within ?? text(error['code']),
    says: quoted(text(error['message'])),
    inner: innerErrors(error),
  };
}

/** An error of Azure: its code and its text. */
export type InnerError = { readonly code: string | null; readonly message: string | null };

/**
 * The innermost errors of an error of the resource manager, which itself only says that there are some. A provider's
 * own envelope may be JSON in a text. Empty: there is no error.
 */
export function innerErrors(error: unknown): readonly InnerError[] {
  if (!isRecord(error)) return [];
  const { details } = error;
  if (Array.isArray(details) && details.length > 0) return details.flatMap(innerErrors);
  const message = text(error['message']);
  const own = message?.trimStart().startsWith('{') ? parsed(message)['error'] : null;
  if (isRecord(own)) return innerErrors(own);
  return [{ code: text(error['code']), message: quoted(message) }];
}

function parsed(body: string): Record<string, unknown> {
  try {
    // Some responses of Azure begin with a byte order mark.
    const content: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
    return isRecord(content) ? content : {};
  } catch {
    return {};
  }
}

function quoted(says: string | null): string | null {
  return says === null ? null : cut(redact(says.trim()), maxLength);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
