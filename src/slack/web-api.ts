import { LogLevel, webApi, type Logger } from '@slack/bolt';
import type { SlackAccess } from './settings.ts';
import { slackFault } from './slack-fault.ts';

/** Slack's Web API: one HTTP request for each call, with a time-out, never repeated; what fails is a `ChatFault`. */
export type WebApi = <T>(doing: string, call: (client: webApi.WebClient) => Promise<T>) => Promise<T>;

/** The client logs bodies and headers while it debugs; nothing of it is taken over. */
const nowhere: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/**
 * Makes the way to the Web API. Left to itself the client repeats a call ten times within half an hour, waits without
 * end for an answer, and for as long as Slack asks after a 429; the outbox does all three better.
 */
export function createWebApi({ botToken, apiUrl }: SlackAccess, timeoutMs = 10_000): WebApi {
  const client = new webApi.WebClient(botToken, {
    ...(apiUrl !== null && { slackApiUrl: apiUrl }),
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: nowhere,
    allowAbsoluteUrls: false,
  });
  return async (doing, call) => {
    try {
      return await call(client);
    } catch (error) {
      throw slackFault(doing, error);
    }
  };
}
