import type { Activity } from './activities.ts';
import type { Traffic } from '../traffic.ts';

/** The bot's HTTP response. Status 0: it couldn't be reached; 504: it didn't answer in time. */
export type BotReply = { status: number; body: unknown };

/** The connection to the bot. It never throws: every result is a reply. */
export type BotLine = { send(activity: Activity): Promise<BotReply> };

/** The time after which Teams gives up on a turn and shows an error; the bot may still finish. */
const timeoutMs = 15_000;

/** A line to this endpoint; every activity is in the traffic log with its response. */
export function createBotLine(endpoint: () => string, traffic: Traffic): BotLine {
  return {
    async send(activity) {
      const url = endpoint();
      const end = traffic.begin({
        direction: 'to-bot',
        method: 'POST',
        path: new URL(url).pathname,
        request: activity,
      });
      const reply = await post(url, activity);
      end({ status: reply.status, response: reply.body });
      return reply;
    },
  };
}

async function post(url: string, activity: Activity): Promise<BotReply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    return { status: response.status, body: readBody(await response.text()) };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    return late ? { status: 504, body: null } : { status: 0, body: null };
  }
}

function readBody(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
