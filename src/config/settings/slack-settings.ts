import type { SealingKeys } from '../../core/sealed.ts';
import type { Reading } from './environment.ts';
import { isLoopback } from './loopback.ts';

/**
 * How the app gets into several workspaces: by OAuth, into those that are listed. `tokenKeys` seal the tokens that
 * Slack issues for each; `publicUrl` is where browsers come back to, without a trailing slash.
 */
export type SlackInstallSetting = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly workspaces: readonly string[];
  readonly tokenKeys: SealingKeys;
  readonly publicUrl: string;
};

/**
 * Slack, configured completely: one workspace by its token, or several by OAuth. With an app token it uses Socket Mode,
 * otherwise HTTP with the signing secret.
 */
export type SlackSetting = { readonly apiUrl: string | null } & (
  | { readonly botToken: string; readonly install: null }
  | { readonly botToken: null; readonly install: SlackInstallSetting }
) &
  SlackTransportSetting;

type SlackTransportSetting =
  | { readonly mode: 'socket'; readonly appToken: string; readonly signingSecret: string | null }
  | { readonly mode: 'http'; readonly appToken: null; readonly signingSecret: string };

/** Bolt's own names, and what several workspaces need in addition. */
export const slackNames = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'KLUIS_SLACK_WORKSPACES',
  'KLUIS_TOKEN_KEY',
  'SLACK_API_URL',
] as const;

const installNames = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'KLUIS_SLACK_WORKSPACES', 'KLUIS_TOKEN_KEY'] as const;

const appPage = 'the pages of the app on api.slack.com/apps';

/** Reads Bolt's settings; null if none is set. */
export function readSlack(reading: Reading, publicUrl: string | null): SlackSetting | null {
  if (slackNames.every((name) => reading.text(name) === null)) return null;
  const apiUrl = readApiUrl(reading);
  const transport = readTransport(reading);
  if (installNames.some((name) => reading.text(name) !== null)) {
    const install = readInstall(reading, publicUrl);
    return install && transport && { apiUrl, botToken: null, install, ...transport };
  }
  const botToken = readToken(reading, 'SLACK_BOT_TOKEN', 'xoxb-');
  if (reading.text('SLACK_BOT_TOKEN') === null)
    reading.complain('SLACK_BOT_TOKEN', 'it is not set, but other settings of Slack are', `Copy it from ${appPage}`);
  return botToken === null || !transport ? null : { apiUrl, botToken, install: null, ...transport };
}

function readTransport(reading: Reading): SlackTransportSetting | null {
  const appToken = readToken(reading, 'SLACK_APP_TOKEN', 'xapp-');
  const signingSecret = reading.text('SLACK_SIGNING_SECRET');
  if (reading.text('SLACK_APP_TOKEN') === null && signingSecret === null)
    reading.complain(
      'SLACK_SIGNING_SECRET',
      'it is not set, and without it nobody can tell who is calling',
      `Copy it from ${appPage}, or set SLACK_APP_TOKEN for Socket Mode`,
    );
  if (appToken !== null) return { mode: 'socket', appToken, signingSecret };
  return signingSecret === null ? null : { mode: 'http', appToken: null, signingSecret };
}

/** Everything that several workspaces need; only those that are listed are let in. */
function readInstall(reading: Reading, publicUrl: string | null): SlackInstallSetting | null {
  for (const name of installNames)
    if (reading.text(name) === null)
      reading.complain(name, 'it is not set, but other settings for several workspaces are', 'Set all four, or none');
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const)
    if (reading.text(name) !== null)
      reading.complain(name, 'it is for one workspace, but SLACK_CLIENT_ID and others are for several', 'Unset it');
  if (reading.text('KLUIS_PUBLIC_URL') === null)
    reading.complain('KLUIS_PUBLIC_URL', 'it is not set, and browsers come back to it from Slack', 'Set the address');
  const [clientId, clientSecret] = [reading.text('SLACK_CLIENT_ID'), reading.text('SLACK_CLIENT_SECRET')];
  const [workspaces, tokenKeys] = [readWorkspaces(reading), readTokenKeys(reading)];
  if (!clientId || !clientSecret || !workspaces || !tokenKeys || !publicUrl) return null;
  return { clientId, clientSecret, workspaces, tokenKeys, publicUrl };
}

function readWorkspaces(reading: Reading): readonly string[] | null {
  const ids = listOf(reading, 'KLUIS_SLACK_WORKSPACES');
  if (ids === null || ids.every((id) => /^T[A-Z0-9]{5,20}$/.test(id))) return ids;
  reading.complain('KLUIS_SLACK_WORKSPACES', 'it is not a list of ids of workspaces', 'Write them as T012AB3CD,T0…');
  return null;
}

function readTokenKeys(reading: Reading): SealingKeys | null {
  const [first, ...others] = (listOf(reading, 'KLUIS_TOKEN_KEY') ?? []).map((text) => Buffer.from(text, 'base64'));
  if (!first) return null;
  if ([first, ...others].every(({ length }) => length === 32)) return [first, ...others];
  reading.complain('KLUIS_TOKEN_KEY', 'it is not 32 bytes in base64', 'Make one: openssl rand -base64 32');
  return null;
}

function listOf(reading: Reading, name: string): readonly string[] | null {
  const text = reading.text(name);
  return text === null ? null : text.split(',').map((part) => part.trim());
}

function readToken(reading: Reading, name: string, start: string): string | null {
  const token = reading.text(name);
  if (token === null || token.startsWith(start)) return token;
  reading.complain(name, `it does not start with ${start}, so it is another kind of token`, `Copy it from ${appPage}`);
  return null;
}

// The bot's token is sent to this URL: anything but this machine could steal it.
function readApiUrl(reading: Reading): string | null {
  const text = reading.text('SLACK_API_URL');
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)) return url.href;
  reading.complain('SLACK_API_URL', 'it is for tests and must be on this machine', 'Unset it');
  return null;
}
