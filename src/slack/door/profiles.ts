import type { Locale } from '../../core/person.ts';
import { within } from '../../core/within.ts';
import type { WebApi } from '../web-api.ts';

/** A member of the workspace, as far as the product asks. `isStranger`: of another workspace, or an app. */
export type Profile = {
  readonly name: string;
  readonly locale: Locale;
  readonly timeZone: string | null;
  readonly email: string | null;
  readonly isStranger: boolean;
};

/** Who is who in the workspace. It never throws and never takes long: where Slack is slow, the name is the id. */
export type Profiles = (who: {
  readonly team: string;
  readonly user: string;
  readonly name?: string;
}) => Promise<Profile>;

const keptMs = 10 * 60_000;
const waitMs = 1_000;
const mostKept = 5_000;

type Kept = { readonly at: number; readonly profile: Promise<Profile | null> };

/** Asks Slack once per person and ten minutes; a question that failed is asked again. */
export function createProfiles(api: WebApi, now: () => number = () => performance.now()): Profiles {
  const kept = new Map<string, Kept>();
  const known = (team: string, user: string): Promise<Profile | null> => {
    const key = `${team}/${user}`;
    const found = kept.get(key);
    if (found && now() - found.at < keptMs) return found.profile;
    const profile = askProfile(api, team, user).catch(() => {
      kept.delete(key);
      return null;
    });
    kept.delete(key);
    kept.set(key, { at: now(), profile });
    const oldest = kept.keys().next().value;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return profile;
  };
  return async ({ team, user, name }) => {
    const profile = await within(waitMs, known(team, user));
    return profile ?? { name: name || user, locale: 'en', timeZone: null, email: null, isStranger: false };
  };
}

async function askProfile(api: WebApi, team: string, user: string): Promise<Profile> {
  const answer = await api('reading a profile in Slack', (client) => client.users.info({ user, include_locale: true }));
  const { profile, real_name, name, locale, tz, team_id, is_bot, is_stranger } = answer.user ?? {};
  return {
    name: (profile?.real_name || real_name || name || user).slice(0, 256),
    locale: /^nl\b/i.test(locale ?? '') ? 'nl' : 'en',
    timeZone: tz && isZone(tz) ? tz : null,
    email: profile?.email ?? null,
    isStranger: is_bot === true || is_stranger === true || (team_id !== undefined && team_id !== team),
  };
}

function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
