import { ChatFault, type ChatFaultKind } from '../bot/port.ts';

/** The connector's response to a send that failed. */
type Refused = {
  readonly doing: string;
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | undefined;
  readonly now: Date;
};

/** The bot can't write in this conversation any more, until somebody lets it in again. */
const blocking = new Set(['MessageWritesBlocked', 'BotNotInConversationRoster', 'BotDisabledByAdmin']);

/** Maps the connector's response, by its status and code alone. */
export function connectorFault({ doing, status, body, retryAfter, now }: Refused): ChatFault {
  const kind = kindOf(status, codeOf(body));
  return new ChatFault({ kind, doing, status, retryAfterMs: waitOf(retryAfter, now) });
}

function kindOf(status: number, code: string | null): ChatFaultKind {
  if ((status === 403 || status === 404) && code !== null && blocking.has(code)) return 'blocked';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429) return 'throttled';
  // 401 is a token that expired or was revoked: the next send gets another. Teams answers 412 while it is busy.
  if (status === 401 || status === 408 || status === 412) return 'unavailable';
  return status >= 400 && status < 500 ? 'refused' : 'unavailable';
}

function codeOf(body: unknown): string | null {
  const { error } = (body ?? {}) as { error?: { code?: unknown } | null };
  return typeof error?.code === 'string' ? error.code : null;
}

/** `Retry-After` is a number of seconds or a date. */
function waitOf(text: string | undefined, now: Date): number | null {
  if (text === undefined || text.trim() === '') return null;
  if (/^\d{1,9}(\.\d+)?$/.test(text.trim())) return Math.ceil(Number(text) * 1000);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
