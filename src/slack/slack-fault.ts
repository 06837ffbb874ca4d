import { webApi } from '@slack/bolt';
import { ChatFault, type ChatFaultKind } from '../bot/port.ts';

/** The bot can't write in this channel. */
const blocking = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
  'cannot_dm_bot',
  'messages_tab_disabled',
]);

/** The message is gone, or can never change again. */
const ending = new Set([
  'message_not_found',
  'thread_not_found',
  'edit_window_closed',
  'cant_update_message',
  'cant_delete_message',
]);

/** Transient faults. */
const passing = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'accesslimited',
  // The token is rejected everywhere, until somebody sets a valid one: messages that wait for that aren't lost.
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_not_found',
]);

const throttling = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

/** Slack's own error code; null if it wasn't a response from Slack. */
function codeOf(error: unknown): string | null {
  const { data } = (error ?? {}) as { data?: { error?: unknown } };
  return typeof data?.error === 'string' ? data.error.slice(0, 60) : null;
}

/** Maps the Web API's error, by its code alone. The body and the token aren't passed on. */
export function slackFault(doing: string, error: unknown): ChatFault {
  if (error instanceof ChatFault) return error;
  const { code, retryAfter, statusCode } = (error ?? {}) as Record<string, unknown>;
  if (code === webApi.ErrorCode.RateLimitedError)
    return new ChatFault({ kind: 'throttled', doing, status: 429, retryAfterMs: Number(retryAfter) * 1000 });
  const answered = codeOf(error);
  const told = answered === null ? doing : `${doing} (${answered})`;
  const status = typeof statusCode === 'number' ? statusCode : null;
  return new ChatFault({
    kind: answered === null ? 'unavailable' : kindOf(answered),
    doing: told,
    status,
    code: answered,
  });
}

function kindOf(code: string): ChatFaultKind {
  if (throttling.has(code)) return 'throttled';
  if (blocking.has(code)) return 'blocked';
  if (ending.has(code)) return 'gone';
  // Slack has many codes for a message that it will never accept, and a new one is more likely of that kind.
  return passing.has(code) ? 'unavailable' : 'refused';
}
