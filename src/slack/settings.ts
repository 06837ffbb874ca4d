import type { Installing } from './install/installations.ts';

/** How Slack reaches the product: by signed requests, or over a socket whose URL the product gets from `apiUrl`. */
export type SlackTransport =
  | { readonly mode: 'http'; readonly signingSecret: string; readonly installing: Installing | null }
  | { readonly mode: 'socket'; readonly appToken: string; readonly apiUrl: string | null };
