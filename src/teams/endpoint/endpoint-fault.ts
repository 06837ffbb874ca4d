import { loggable, type Log } from '../../core/log.ts';
import { KeysOutOfReach } from './signing-keys.ts';
import { refusals, type EndpointRefusal } from './endpoint-refusal.ts';

/** The response after something was thrown: by the body parser, by botbuilder, or by the product itself. */
export function refusalFor(error: unknown, log: Log): EndpointRefusal {
  if (isUnauthorized(error)) {
    log.warn(loggable(error), 'a token at the Teams endpoint was refused');
    return refusals.unauthorized;
  }
  if (error instanceof KeysOutOfReach) {
    log.error(loggable(error), 'nobody can be let in at the Teams endpoint');
    return refusals.keysOutOfReach;
  }
  const refusal = unreadable(error);
  if (refusal) return refusal;
  log.error(loggable(error), 'a request at the Teams endpoint ended in a fault');
  return refusals.unexpected;
}

/** Whether botbuilder, or the library it verifies tokens with, refused the token. */
function isUnauthorized(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, statusCode } = error as { name: string; statusCode?: unknown };
  return statusCode === 401 || ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(name);
}

/**
 * Errors of the body parser, and only those, have a type and a status; those of broken compression have a zlib code.
 */
function unreadable(error: unknown): EndpointRefusal | null {
  const { type, status, code } = (error ?? {}) as { type?: unknown; status?: unknown; code?: unknown };
  const ofParser = typeof type === 'string' || (typeof code === 'string' && code.startsWith('Z_'));
  if (!ofParser || typeof status !== 'number' || status >= 500) return null;
  if (status === 413) return refusals.tooLarge;
  return status === 415 ? refusals.wrongType : refusals.badJson;
}
