import type { Installing } from './install/installations.ts';

/** How the product reaches Slack. The bot's token goes to `apiUrl` (null: Slack itself) and nowhere else. */
export type SlackAccess = { readonly botToken: string; readonly apiUrl: string | null };

/** How Slack reaches the product: by signed requests, or over a socket whose URL the product gets from `apiUrl`. */
export type SlackTransport =
  | { readonly mode: 'http'; readonly signingSecret: string; readonly installing: Installing | null }
  | { readonly mode: 'socket'; readonly appToken: string; readonly apiUrl: string | null };
