import type { AccessToken, TokenCredential } from '@azure/core-auth';
import { WireFailure } from '../map-fault.ts';

/**
 * The same identity, but a token that doesn't arrive within `limitMs` fails the call. A call's own time-out starts only
 * when it is sent, and some token sources (a command line, a metadata endpoint) never time out.
 */
export function boundedCredential(credential: TokenCredential, limitMs: number): TokenCredential {
  return {
    async getToken(scopes, options) {
      const limit = new AbortController();
      const given = options?.abortSignal;
      const abort = () => limit.abort();
      given?.addEventListener('abort', abort);
      const timer = setTimeout(abort, limitMs);
      try {
        const token = credential.getToken(scopes, { ...options, abortSignal: limit.signal });
        return await Promise.race([token, failedBy(limit.signal)]);
      } finally {
        clearTimeout(timer);
        given?.removeEventListener('abort', abort);
      }
    },
  };
}

// Nothing was sent without a token, so the failure leaves no doubt about a write.
function failedBy(signal: AbortSignal): Promise<AccessToken | null> {
  return new Promise((_, reject) => {
    const fail = () => reject(new WireFailure({ kind: 'unauthenticated', code: 'TokenTimedOut' }));
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
  });
}
