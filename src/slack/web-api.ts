import { type Logger, LogLevel, webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { ChatFault } from '../bot/port.ts';
import { slackFault } from './slack-fault.ts';

/** Slack's Web API: one HTTP request for each call, with a time-out, never repeated; a failure is a `ChatFault`. */
export type WebApi = <T>(doing: string, call: (client: webApi.WebClient) => Promise<T>) => Promise<T>;

/** The Web API of a workspace, by its ID: each has its own token. */
export type ApiOf = (team: string) => WebApi;

/** How many clients are cached. */
const maxWorkspaces = 50;

/** The client's debug output contains bodies and headers; none of it is logged. */
const nowhere: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** A call is one request with a time-out. */
export const oneTry = {
  timeout: 10_000,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger: nowhere,
  allowAbsoluteUrls: false,
} as const;

/**
 * Makes the Web API client. By default the library repeats a call ten times within half an hour, waits indefinitely for
 * a response, and for as long as Slack asks after a 429; the outbox does all three better.
 */
export function createWebApi({ botToken, apiUrl }: SlackAccess, timeoutMs: number = oneTry.timeout): WebApi {
  const client = new webApi.WebClient(botToken, {
    ...(apiUrl !== null && { slackApiUrl: apiUrl }),
    ...oneTry,
    timeout: timeoutMs,
  });
  return async (doing, call) => {
    try {
      return await call(client);
    } catch (error) {
      throw slackFault(doing, error);
    }
  };
}

/** A workspace's token; null if the app isn't installed. */
type TokenOf = (team: string) => Promise<string | null>;

/** The Web API of several workspaces. Each call reads its token again: it may have been revoked. */
export function createApiOf(tokenOf: TokenOf, apiUrl: string | null): ApiOf {
  const ways = new LRUCache<string, WebApi>({ max: maxWorkspaces });
  const wayOf = (botToken: string): WebApi => {
    const way = ways.get(botToken) ?? createWebApi({ botToken, apiUrl });
    ways.set(botToken, way);
    return way;
  };
  return (team) => async (doing, call) => {
    const token = await tokenOf(team).catch(() => {
      throw new ChatFault({ kind: 'unavailable', doing });
    });
    if (token === null) throw new ChatFault({ kind: 'blocked', doing: `${doing} without an installation` });
    return wayOf(token)(doing, call);
  };
}

/** How the product reaches Slack. The bot's token goes to `apiUrl` (null: Slack itself) and nowhere else. */
export type SlackAccess = { readonly botToken: string; readonly apiUrl: string | null };
