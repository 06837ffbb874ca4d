import { fetchToken } from './endpoint/authentication.ts';
import type { TeamsSettings } from './settings.ts';

/** Where a send's bearer token comes from. `fresh` skips the last one, after it was refused. */
export type TokenSource = { token(options: { readonly fresh: boolean }): Promise<string> };

/** The bot's own tokens, cached by botbuilder until shortly before they expire; null while Teams isn't configured. */
export function createTokenSource(settings: TeamsSettings, fetch = fetchToken): TokenSource | null {
  if (!settings.appId) return null;
  const pending = new Map<boolean, Promise<string>>();
  return {
    token({ fresh }) {
      // Sends that start together share one request for a token.
      const asked = pending.get(fresh) ?? fetch(settings, fresh).finally(() => pending.delete(fresh));
      pending.set(fresh, asked);
      return asked;
    },
  };
}
