import type { TeamsSetting } from '../../../config/settings/teams-settings.ts';
import { botTokens } from '../../../compose/azure-access.ts';
import { entraReason } from '../entra-reasons.ts';
import { ok, problem, type Finding } from '../finding.ts';

const about = 'Teams';
const limitMs = 20_000;

/** Checks that the bot gets a token to send with. The token is thrown away unread. */
export async function checkTeams(
  teams: TeamsSetting | null,
  given?: ReturnType<typeof botTokens>,
): Promise<readonly Finding[]> {
  if (teams === null) return [ok(about, 'not configured')];
  const fetch = given ?? botTokens(teams);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(Object.assign(new Error(), { code: `no answer within ${limitMs / 1000} s` })),
    limitMs,
  );
  try {
    const token = await Promise.race([fetch(teams, true), late.promise]);
    if (typeof token !== 'string' || token === '') throw Object.assign(new Error(), { code: 'an empty answer' });
    const by = teams.tokenFilePath === null ? '' : ' by its federated credential';
    return [ok(about, `bot ${teams.appId} (${teams.appType}) gets its token${by}`)];
  } catch (error) {
    const { why, remedy } = entraReason(error);
    return [problem(about, `bot ${teams.appId} gets no token: ${why}`, remedy)];
  } finally {
    clearTimeout(timer);
  }
}
