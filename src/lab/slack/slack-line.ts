import type { Traffic } from '../traffic.ts';
import { signatureHeaders, type Forgery } from './payload/sign.ts';

/** A request to the bot: a form or JSON, before it is signed. `shown` is its form in the traffic log. */
export type SlackRequest = {
  contentType: 'application/json' | 'application/x-www-form-urlencoded';
  body: string;
  shown: unknown;
};

/** How a request is sent: with the headers of a repeat, or with something wrong in its signature. */
type SendingOptions = { retry?: { number: number; reason: string }; forgery?: Forgery };

/** The bot's answer. Status 0: it couldn't be reached; 504: it didn't answer within Slack's three seconds. */
export type BotAnswer = { seq: number; status: number; body: unknown };

/** The connection to the bot's endpoint. It never throws: every result is an answer. */
export type SlackLine = {
  send(request: SlackRequest, options?: SendingOptions): Promise<BotAnswer>;
  /** Sends a request of the log again, newly signed or unchanged with its old signature; undefined if there is none. */
  again(seq: number, options: SendingOptions & { verbatim?: boolean }): Promise<BotAnswer | undefined>;
  /** The number of the last request that was sent. */
  lastSeq(): number;
};

/** The options of a line. */
type SlackLineOptions = {
  botUrl: () => string;
  signingSecret: string;
  answerMs?: number;
  traffic: Traffic;
  now: () => Date;
};

type Sent = { request: SlackRequest; headers: Record<string, string> };

/** The time after which Slack gives up on an answer. */
const slackGivesUpMs = 3000;
const kept = 500;

/** A line to the bot's endpoint, signed with this secret; every request is in the traffic log with its response. */
export function createSlackLine(options: SlackLineOptions): SlackLine {
  const { botUrl, signingSecret, answerMs = slackGivesUpMs, traffic, now } = options;
  const sent = new Map<number, Sent>();
  let seq = 0;
  const post = async ({ request, headers }: Sent): Promise<BotAnswer> => {
    const mine = ++seq;
    sent.set(mine, { request, headers });
    sent.delete(mine - kept);
    const path = '/slack/events';
    const end = traffic.begin({ direction: 'to-bot', method: 'POST', path, request: request.shown });
    const answer = await fetched({ botUrl, answerMs }, { request, headers });
    end({ status: answer.status, response: answer.body });
    return { seq: mine, ...answer };
  };
  const send: SlackLine['send'] = (request, { retry, forgery } = {}) => {
    const headers = {
      'content-type': request.contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...signatureHeaders({ secret: signingSecret, body: request.body, now: now(), ...(forgery && { forgery }) }),
      ...(retry && { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
    };
    return post({ request, headers });
  };
  return {
    send,
    again: async (of, { verbatim, ...options }) => {
      const found = sent.get(of);
      if (!found) return undefined;
      return verbatim ? post(found) : send(found.request, options);
    },
    lastSeq: () => seq,
  };
}

type Bot = { botUrl: () => string; answerMs: number };

async function fetched(
  { botUrl, answerMs }: Bot,
  { request, headers }: Sent,
): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(`${botUrl()}/slack/events`, {
      method: 'POST',
      headers,
      body: request.body,
      signal: AbortSignal.timeout(answerMs),
      redirect: 'error',
    });
    return { status: response.status, body: readBody(await response.text()) };
  } catch (error) {
    const late = (error as { name?: unknown } | null)?.name === 'TimeoutError';
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
