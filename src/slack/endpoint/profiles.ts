import { LRUCache } from 'lru-cache';
import type { Locale } from '../../core/person.ts';
import { memoizeSuccess } from '../../core/memoize-success.ts';
import { cut } from '../../core/storable.ts';
import { within } from '../../core/within.ts';
import type { ApiOf, WebApi } from '../web-api.ts';

/**
 * A workspace member, as far as the product needs. `isStranger`: from another workspace, or an app; null if neither
 * Slack answered in time nor the request says it, which isn't the same as false. `team`: the bot's workspace, in which
 * IDs are looked up.
 */
type Profile = {
  readonly team: string;
  readonly name: string;
  readonly locale: Locale;
  readonly timeZone: string | null;
  readonly email: string | null;
  readonly isStranger: boolean | null;
  /** A guest of the workspace. */
  readonly isGuest: boolean;
};

/** Who is who in the workspace. It never throws and never takes long: if Slack is slow, the name is the ID. */
export type Profiles = (who: {
  readonly team: string;
  readonly user: string;
  readonly name?: string;
  /** The workspaces of the person who acts, as named in the request. */
  readonly says?: Says;
}) => Promise<Profile>;

/**
 * What an event, a press or a command says about the workspace of the person who acts; what it omits is undefined or
 * null.
 */
export type Says = readonly (string | null | undefined)[];

const keptMs = 10 * 60_000;
const staleMs = 60 * 60_000;
const againMs = 30_000;
const maxKept = 5_000;

/** `teams`: every workspace, and the organisation, that this member belongs to. */
type Read = Profile & { readonly teams: readonly string[] };

/** What is known about somebody: their profile as last read, and the newest pending read. Times are those of `now`. */
type Kept = {
  readonly read: { readonly profile: Read; readonly at: number } | null;
  readonly askedAt: number;
  readonly question: Promise<Read | null>;
};

/**
 * Asks Slack once per person and ten minutes, and answers with what it knows until then: it waits only for people it
 * hasn't seen for an hour. If Slack doesn't answer, that counts for half a minute, so that people don't have to wait
 * for it with every message.
 */
export function createProfiles(apiOf: ApiOf, waitMs: number, now: () => number = () => performance.now()): Profiles {
  const kept = new LRUCache<string, Kept>({ max: maxKept });
  const own = new Map<string, string | null>();
  const ownTeams = new Map<string, () => Promise<string | null>>();
  const ownTeam = (team: string) => {
    const known =
      ownTeams.get(team) ?? memoizeSuccess(() => askOwnTeam(apiOf(team)).then((id) => (own.set(team, id), id)));
    ownTeams.set(team, known);
    return known();
  };
  const keep = (key: string, one: Kept): Kept => {
    kept.set(key, one);
    return one;
  };
  const ask = (team: string, user: string, read: Kept['read']): Kept => {
    const key = `${team}/${user}`;
    const asked = ownTeam(team)
      .catch(() => null)
      .then((ownId) => askProfile(apiOf(team), ownId ?? team, user));
    const question: Kept['question'] = asked.then(
      (profile) => (keep(key, { read: { profile, at: now() }, askedAt: now(), question }), profile),
      () => null,
    );
    return keep(key, { read, askedAt: now(), question });
  };
  return async ({ team, user, name, says = [] }) => {
    const before = kept.get(`${team}/${user}`);
    const isDue = !before || now() - before.askedAt > (before.read ? keptMs : againMs);
    const { read, askedAt, question } = isDue ? ask(team, user, before?.read ?? null) : before;
    const profile =
      read && now() - read.at < staleMs ? read.profile : await within(Math.max(1, askedAt + waitMs - now()), question);
    if (profile) return { ...profile, isStranger: profile.isStranger || !isOneOf(profile, says) };
    const isStranger = strangerBy(says, own.get(team) ?? null);
    return { ...unread, team: own.get(team) ?? team, name: name || user, isStranger };
  };
}

/** People who couldn't be read in time may be guests, so nothing that guests can't do is accepted from them. */
const unread = { locale: 'en', timeZone: null, email: null, isGuest: true } as const;

/** The same ID may belong to somebody else here: two workspaces can each have a member with it. */
function isOneOf({ teams }: Read, says: Says): boolean {
  return says.every((team) => !team || teams.includes(team));
}

/** Slack names the workspace of the person who acts next to their ID, even in a channel that two workspaces share. */
function strangerBy(says: Says, own: string | null): boolean | null {
  const named = says.filter((team) => typeof team === 'string' && team !== '');
  return own === null || named.length === 0 ? null : named.some((team) => team !== own);
}

/** The workspace of the bot's token: in a shared channel, an event may name its author's. */
async function askOwnTeam(api: WebApi): Promise<string | null> {
  const { team_id } = await api('asking who the bot is', (client) => client.auth.test());
  return team_id ?? null;
}

async function askProfile(api: WebApi, team: string, user: string): Promise<Read> {
  const answer = await api('reading a profile in Slack', (client) => client.users.info({ user, include_locale: true }));
  const told = answer.user ?? {};
  const { profile, real_name, name, locale, tz, team_id, is_bot, is_stranger, enterprise_user } = told;
  const { teams: others = [], enterprise_id } = enterprise_user ?? {};
  const isMember = team_id === undefined || team_id === team || others.includes(team);
  return {
    team,
    teams: [team_id ?? team, ...others, ...(enterprise_id ? [enterprise_id] : [])],
    name: cut(profile?.real_name || real_name || name || user, 256),
    locale: /^nl\b/i.test(locale ?? '') ? 'nl' : 'en',
    timeZone: tz && isZone(tz) ? tz : null,
    email: profile?.email ?? null,
    isStranger: is_bot === true || is_stranger === true || !isMember,
    isGuest: told.is_restricted === true || told.is_ultra_restricted === true,
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
