/**
 * Puts a bot under load like people do: one request after the other on some connections, evenly over time, or all at
 * once.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'node:http';
import { quantile } from './figure.ts';

/** One request of a person. */
export type Sending = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Which bot is loaded, and with what: `sending` makes the n-th request. */
export type Target = { readonly url: string; readonly sending: (turn: number) => Sending };

/** The result. Times are in milliseconds. */
export type Loaded = {
  /** How many were answered. */
  readonly answered: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  readonly errors: number;
};

/** A request that isn't answered by then is an error: no platform waits longer. */
const timeoutMs = 20_000;

let turn = 0;

/** Loads a bot over a number of connections, each of which sends its next request when the last one was answered. */
export function load(
  target: Target,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Loaded> {
  return measured(target, connections, async (sendOne) => {
    const end = performance.now() + seconds * 1000;
    const oneAfterTheOther = async () => {
      do await sendOne();
      while (performance.now() < end);
    };
    await Promise.all(Array.from({ length: connections }, oneAfterTheOther));
  });
}

/** Sends a bot a number of requests a second, whether the previous ones were answered or not. */
export function loadEvenly(
  target: Target,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Loaded> {
  return measured(target, Infinity, async (sendOne) => {
    const inItsTime = async (_: unknown, n: number) => {
      await pause((n * 1000) / perSecond);
      await sendOne();
    };
    await Promise.all(Array.from({ length: Math.ceil(perSecond * seconds) }, inItsTime));
  });
}

/** Sends a bot a number of requests at the same moment. */
export function loadAtOnce(target: Target, count: number): Promise<Loaded> {
  return measured(target, Infinity, async (sendOne) => {
    await Promise.all(Array.from({ length: count }, sendOne));
  });
}

async function measured(
  { url, sending }: Target,
  maxSockets: number,
  loading: (sendOne: () => Promise<void>) => Promise<void>,
): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets });
  const took: number[] = [];
  let errors = 0;
  const start = performance.now();
  await loading(async () => {
    const began = performance.now();
    const status = await post(url, agent, sending((turn += 1))).catch(() => 0);
    if (status !== 200) errors += 1;
    took.push(performance.now() - began);
  });
  const elapsed = (performance.now() - start) / 1000;
  agent.destroy();
  return {
    answered: took.length - errors,
    perSecond: (took.length - errors) / elapsed,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    slowest: quantile(took, 1),
    errors,
  };
}

function post(url: string, agent: Agent, { path, headers, body }: Sending): Promise<number> {
  return new Promise((done, fail) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const options = { method: 'POST', agent, headers: { ...headers, ...length }, timeout: timeoutMs };
    const sent = request(`${url}${path}`, options, (response) => {
      response.resume();
      response.once('end', () => done(response.statusCode ?? 0));
      response.once('error', fail);
    });
    sent.once('timeout', () => sent.destroy(new Error('not answered in time')));
    sent.once('error', fail);
    sent.end(body);
  });
}
