import { within } from '../core/within.ts';
import type { ApiOf } from './web-api.ts';

/**
 * Whether a member is a guest of their workspace, according to Slack right now; null: it doesn't say. Nothing is
 * cached.
 */
type IsGuestNow = (member: { readonly team: string; readonly user: string }) => Promise<boolean | null>;

/** Makes the reader. Somebody is waiting for the answer to their press. */
export function guestNow(apiOf: ApiOf, timeoutMs: number): IsGuestNow {
  return ({ team, user }) =>
    within(
      timeoutMs,
      ask(apiOf, team, user).catch(() => null),
    );
}

async function ask(apiOf: ApiOf, team: string, user: string): Promise<boolean | null> {
  const answer = await apiOf(team)('asking whether somebody is a guest', (client) => client.users.info({ user }));
  const { is_restricted, is_ultra_restricted } = answer.user ?? {};
  return answer.user ? is_restricted === true || is_ultra_restricted === true : null;
}
