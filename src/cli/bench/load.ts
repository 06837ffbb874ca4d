/** What a number of connections got out of a bot: each sends its next turn when the last one was answered. */
import { Agent, request } from 'node:http';
import { quantile } from './figure.ts';

/** How a bot is loaded. `body` makes the n-th activity. */
export type Loading = {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  readonly body: (turn: number) => string;
};

/** What came of it. Times are in milliseconds. */
export type Loaded = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
};

let turn = 0;

/** Loads a bot for so many seconds. */
export async function load({ url, connections, seconds, body }: Loading): Promise<Loaded> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const took: number[] = [];
  let errors = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      const status = await post(`${url}/api/messages`, { agent, body: body((turn += 1)) }).catch(() => 0);
      if (status !== 200) errors += 1;
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const elapsed = (performance.now() - start) / 1000;
  agent.destroy();
  return {
    perSecond: (took.length - errors) / elapsed,
    p50: quantile(took, 0.5),
    p99: quantile(took, 0.99),
    errors,
  };
}

function post(url: string, { agent, body }: { agent: Agent; body: string }): Promise<number> {
  return new Promise((done, fail) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => done(response.statusCode ?? 0));
    });
    sent.once('error', fail);
    sent.end(body);
  });
}
