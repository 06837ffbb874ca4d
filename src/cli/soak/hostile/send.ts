/** Sends a request to the door that it is for, as its platform would: to that of Slack signed with its secret. */
import type { Hostile } from './mangle.ts';

/** What the door answered. Status 0: not at all. */
type Answered = { readonly status: number };

/** A door answers that something broke only where something broke. 504 is not of the door: Slack's patience ended. */
export function isFault(status: number): boolean {
  return status === 0 || (status >= 500 && status !== 501 && status !== 504);
}

/** Sends one. */
export async function send(url: string, { door, kind, body }: Hostile): Promise<Answered> {
  if (door === 'teams') {
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
