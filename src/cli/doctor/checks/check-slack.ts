import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SlackSetting } from '../../../config/settings/slack-settings.ts';
import { ownIdentity } from '../../../slack/own-identity.ts';
import { ok, problem, someOf, type Finding } from '../finding.ts';

const about = 'Slack';
const file = join(import.meta.dirname, '../../../..', 'manifest', 'slack', 'manifest.yaml');
const manifestSchema = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** Checks that Slack knows the bot's token, and that it has the scopes in the app's manifest. */
export async function checkSlack(slack: SlackSetting | null, whoAmI = ownIdentity): Promise<readonly Finding[]> {
  if (slack === null) return [ok(about, 'not configured')];
  const { botToken, install } = slack;
  if (install) return [ok(about, `installed by OAuth; workspaces: ${install.workspaces.join(', ')}`)];
  try {
    const { workspace, bot, scopes } = await whoAmI({ botToken, apiUrl: slack.apiUrl });
    const way = slack.mode === 'socket' ? 'Socket Mode' : 'requests to /slack/events';
    const found = ok(about, `bot ${bot} in the workspace ${workspace}, by ${way}`);
    return [found, ...(await missingScopes(scopes))];
  } catch (error) {
    const why = String((error as { message?: unknown }).message);
    return [
      problem(about, `Slack doesn't accept the token: ${why}`, 'Copy SLACK_BOT_TOKEN from the installed app again'),
    ];
  }
}

async function missingScopes(given: readonly string[]): Promise<readonly Finding[]> {
  const { oauth_config } = manifestSchema.parse(parse(await readFile(file, 'utf8')));
  const missing = oauth_config.scopes.bot.filter((scope) => !given.includes(scope));
  if (missing.length === 0 || given.length === 0) return [];
  const remedy = 'Update the app from manifest/slack/manifest.yaml and install it again';
  return [problem(about, `the token lacks scopes: ${someOf(missing, 10)}`, remedy)];
}
