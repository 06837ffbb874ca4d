import { ChatFault, type ChatFaultKind } from '../bot/port.ts';
import type { MessageParts } from './message-parts.ts';

/**
 * Answers a command through its response URL: only the person who gave it sees the answer, even in a channel that the
 * bot isn't in. The URL works five times within thirty minutes and takes no token, so only URLs on Slack's own host are
 * used.
 */
export type Respond = (url: string, parts: MessageParts) => Promise<void>;

const slackOrigin = 'https://hooks.slack.com';

/**
 * Makes it: one request with a time-out, never repeated. `apiUrl`: the URL of a Slack emulator, which issues its own.
 */
export function createRespond(apiUrl: string | null, timeoutMs = 10_000): Respond {
  const own = apiUrl === null ? null : new URL(apiUrl).origin;
  return async (url, { text, blocks }) => {
    const doing = 'answering a command in Slack';
    const { origin } = new URL(url);
    if (origin !== slackOrigin && origin !== own) throw new ChatFault({ kind: 'refused', doing });
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', text, blocks }),
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => {
      throw new ChatFault({ kind: 'unavailable', doing });
    });
    await response.body?.cancel();
    if (response.ok) return;
    const retryAfterMs = response.status === 429 ? Number(response.headers.get('retry-after') ?? 1) * 1000 : null;
    throw new ChatFault({ kind: kindOf(response.status), doing, status: response.status, retryAfterMs });
  };
}

/** 404 and 410: used up, expired, or its channel is archived. */
function kindOf(status: number): ChatFaultKind {
  if (status === 429) return 'throttled';
  if (status >= 500) return 'unavailable';
  return status === 404 || status === 410 ? 'gone' : 'refused';
}
