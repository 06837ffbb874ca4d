/** Slash commands as Slack sends them, signed; by people of a workspace, in its channels. */
import { signatureHeaders } from '../../src/lab/slack/payload/sign.ts';
import type { Sending } from './load.ts';

/** The credentials that the bot and its workspace share. */
export const workspace = {
  team: 'T0BENCH001',
  token: 'xoxb-of-the-bench',
  signingSecret: 'the-signing-secret-of-the-bench',
};

/** The settings of a product in that workspace, whose Web API is at this address. */
export function slackSettings(apiUrl: string): Record<string, string> {
  const { token, signingSecret } = workspace;
  return {
    HOST: '127.0.0.1',
    KLUIS_AZURE: 'simulator',
    SLACK_BOT_TOKEN: token,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl,
  };
}

/** Who types where. `trigger` is different each time: it identifies a repeat. */
type Typed = {
  readonly command: string;
  readonly text: string;
  readonly user: string;
  readonly channel: string;
  readonly trigger: string;
};

/** The n-th member or channel. */
export function slackId(kind: 'U' | 'C', n: number): string {
  return `${kind}0BENCH${String(n).padStart(4, '0')}`;
}

/** The Entra object ID that the n-th member is linked to. */
export function entraId(n: number): string {
  return `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
}

/** The request of a slash command. */
export function slashCommand({ command, text, user, channel, trigger }: Typed): Sending {
  const form = new URLSearchParams({
    team_id: workspace.team,
    team_domain: 'bench',
    channel_id: channel,
    channel_name: 'bench',
    user_id: user,
    user_name: user.toLowerCase(),
    command,
    text,
    api_app_id: 'A0BENCH001',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/bench',
    trigger_id: trigger,
  });
  const body = form.toString();
  const signature = signatureHeaders({ secret: workspace.signingSecret, body, now: new Date() });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signature };
  return { path: '/slack/events', headers, body };
}
