/** Sends a request to the platform that it is for, as its platform would: to that of Slack signed with its secret. */
import type { Hostile } from './mangle.ts';

/** What the platform answered. Status 0: not at all. */
type Answered = { readonly status: number };

/**
 * An endpoint answers that something broke only where something broke. 504 is not of the endpoint: Slack's patience
 * ended.
 */
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
