import type { Reading } from './environment.ts';
import { isLoopback } from './loopback.ts';

/** Slack, configured in full. With an app token it works by Socket Mode, else by HTTP with the signing secret. */
export type SlackSetting = { readonly botToken: string; readonly apiUrl: string | null } & (
  | { readonly mode: 'socket'; readonly appToken: string; readonly signingSecret: string | null }
  | { readonly mode: 'http'; readonly appToken: null; readonly signingSecret: string }
);

/** Bolt's own names. */
export const slackNames = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_API_URL'] as const;

const appPage = 'the pages of the app on api.slack.com/apps';

/** Reads Bolt's settings; null where none is set. */
export function readSlack(reading: Reading): SlackSetting | null {
  if (slackNames.every((name) => reading.text(name) === null)) return null;
  const botToken = readToken(reading, 'SLACK_BOT_TOKEN', 'xoxb-');
  const appToken = readToken(reading, 'SLACK_APP_TOKEN', 'xapp-');
  const signingSecret = reading.text('SLACK_SIGNING_SECRET');
  const apiUrl = readApiUrl(reading);
  if (reading.text('SLACK_BOT_TOKEN') === null)
    reading.complain('SLACK_BOT_TOKEN', 'it is not set, but other settings of Slack are', `Copy it from ${appPage}`);
  if (reading.text('SLACK_APP_TOKEN') === null && signingSecret === null)
    reading.complain(
      'SLACK_SIGNING_SECRET',
      'it is not set, and without it nobody can tell who is calling',
      `Copy it from ${appPage}, or set SLACK_APP_TOKEN for Socket Mode`,
    );
  if (botToken === null) return null;
  if (appToken !== null) return { mode: 'socket', botToken, appToken, signingSecret, apiUrl };
  return signingSecret === null ? null : { mode: 'http', botToken, appToken: null, signingSecret, apiUrl };
}

function readToken(reading: Reading, name: string, start: string): string | null {
  const token = reading.text(name);
  if (token === null || token.startsWith(start)) return token;
  reading.complain(name, `it does not start with ${start}, so it is another kind of token`, `Copy it from ${appPage}`);
  return null;
}

// The bot's token is sent to this address: anything but this machine would be a way to lose it.
function readApiUrl(reading: Reading): string | null {
  const text = reading.text('SLACK_API_URL');
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)) return url.href;
  reading.complain('SLACK_API_URL', 'it is for tests and must be on this machine', 'Unset it');
  return null;
}
