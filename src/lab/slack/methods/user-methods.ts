import { textOf } from '../fields.ts';
import { slackApp, slackTeam, type SlackUser } from '../workspace.ts';
import { isOn, refused, type Call, type Method, type MethodAnswer } from './method.ts';

/** users.*, auth.* and team.*: who exists. */
export const userMethods: Readonly<Record<string, Method>> = {
  'auth.revoke': { scopes: [], run: revoke },
  'auth.test': { scopes: [], run: authTest },
  'team.info': { scopes: ['team:read'], run: teamInfo },
  'users.info': { scopes: ['users:read'], run: info },
  'users.lookupByEmail': { scopes: ['users:read.email'], run: lookupByEmail },
};

/** The calling token is revoked from now on. */
function revoke({ parts }: Call): MethodAnswer {
  parts.space.state.token = 'revoked';
  return { ok: true, revoked: true };
}

function authTest(): MethodAnswer {
  return {
    ok: true,
    url: `https://${slackTeam.domain}.slack.com/`,
    team: slackTeam.name,
    user: slackApp.name.toLowerCase(),
    team_id: slackTeam.id,
    user_id: slackApp.userId,
    bot_id: slackApp.botId,
    is_enterprise_install: false,
  };
}

function teamInfo(): MethodAnswer {
  const { id, name, domain } = slackTeam;
  return { ok: true, team: { id, name, domain, url: `https://${domain}.slack.com/`, email_domain: 'contoso.example' } };
}

function info(call: Call): MethodAnswer {
  const { args, parts } = call;
  const id = textOf(args['user']);
  if (id === slackApp.userId) return { ok: true, user: botUser() };
  const key = parts.space.personById(id);
  if (!key) return refused('user_not_found');
  return { ok: true, user: wireUser(call, parts.space.user(key)) };
}

function lookupByEmail(call: Call): MethodAnswer {
  const wanted = textOf(call.args['email']).trim().toLowerCase();
  const found = Object.values(call.parts.space.state.users).find((each) => each.email?.toLowerCase() === wanted);
  if (wanted === '' || !found || found.deleted) return refused('users_not_found');
  return { ok: true, user: wireUser(call, found) };
}

function wireUser({ args, parts: { scopes, now } }: Call, user: SlackUser) {
  const showsEmail = user.email !== null && (scopes?.includes('users:read.email') ?? true);
  const [first = '', ...rest] = user.realName.split(' ');
  return {
    id: user.id,
    team_id: slackTeam.id,
    name: user.name,
    deleted: user.deleted,
    real_name: user.realName,
    tz: user.timeZone,
    tz_label: user.timeZone,
    tz_offset: offsetSeconds(user.timeZone, now()),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: first,
      first_name: first,
      last_name: rest.join(' '),
      team: slackTeam.id,
      ...(showsEmail && { email: user.email }),
    },
    is_admin: user.isAdmin,
    is_owner: user.isAdmin,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    ...(isOn(args['include_locale']) && { locale: user.locale }),
  };
}

function botUser() {
  const { userId, name, botId, id } = slackApp;
  const profile = { real_name: name, display_name: '', bot_id: botId, api_app_id: id, team: slackTeam.id };
  return { id: userId, team_id: slackTeam.id, name: name.toLowerCase(), real_name: name, profile, is_bot: true };
}

function offsetSeconds(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const [, sign, hours, minutes] =
    /([+-])(\d\d):(\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60) : 0;
}
