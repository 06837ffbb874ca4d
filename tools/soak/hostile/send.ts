/** Sends a request to its platform's endpoint, as the platform would: for Slack, signed with its secret. */
import type { Hostile } from './mangle.ts';

/** The answer. Status 0: none. */
type Answered = { readonly status: number };

/** Whether an answer says that something broke. 504 isn't the endpoint's: Slack stopped waiting. */
export function isFault(status: number): boolean {
  return status === 0 || (status >= 500 && status !== 501 && status !== 504);
}

/** Sends one. */
export async function send(url: string, { platform, kind, body }: Hostile): Promise<Answered> {
  if (platform === 'teams') {
    const { status } = await post(`${url}/api/messages`, typeof body === 'string' ? body : JSON.stringify(body));
    return { status };
  }
  const delivered = await post(`${url}/_slack/deliver`, JSON.stringify({ kind, payload: body ?? null }));
  return { status: (JSON.parse(delivered.text) as { bot?: { status: number } }).bot?.status ?? delivered.status };
}

async function post(url: string, body: string): Promise<{ status: number; text: string }> {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const response = await fetch(url, sent).catch(() => null);
  return { status: response?.status ?? 0, text: response ? await response.text() : '{}' };
}
