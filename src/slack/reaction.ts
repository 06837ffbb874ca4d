import { LRUCache } from 'lru-cache';
import { ChatFault } from '../bot/port.ts';
import type { ApiOf, WebApi } from './web-api.ts';

/** The progress of a request: working, done, or needs attention. */
export type Reaction = 'working' | 'done' | 'failed';

/** A message that somebody wrote to the bot. */
type QuestionMessage = { readonly team: string; readonly channel: string; readonly ts: string };

/** Puts a reaction on a message: 👀 while the bot is working, replaced by ✅ or ⚠️. */
type React = (asked: QuestionMessage, is: Reaction) => Promise<void>;

const names = { working: 'eyes', done: 'white_check_mark', failed: 'warning' } as const;
/** How many messages are remembered; an old one ended long ago. */
const maxKept = 5_000;
const maxTries = 4;

type Kept = { readonly is: Reaction; readonly done: Promise<void> };

/**
 * Makes the function that sets reactions. It never throws: a reaction that Slack rejects, or that already exists,
 * mustn't disturb the work. The reactions of one message are set one after the other, so that a slow 👀 never comes
 * after the final one, and an existing one isn't set again.
 */
export function createReact(apiOf: ApiOf): React {
  const kept = new LRUCache<string, Kept>({ max: maxKept });
  return ({ team, channel, ts }, is) => {
    const key = `${team}/${channel}/${ts}`;
    const before = kept.get(key);
    // A finished request is final: a slow 👀 mustn't come after it.
    if (before && (before.is === is || (is === 'working' && before.is === 'done'))) return before.done;
    const done = (before?.done ?? Promise.resolve()).then(() =>
      change(apiOf(team), { team, channel, ts, is, was: before?.is }),
    );
    kept.set(key, { is, done });
    return done;
  };
}

type Change = QuestionMessage & { readonly is: Reaction; readonly was: Reaction | undefined };

/**
 * The first reaction to a message removes none, unless it is a final one: after a restart the previous one is unknown.
 */
async function change(api: WebApi, { channel, ts: timestamp, is, was }: Change): Promise<void> {
  const put = { channel, timestamp, name: names[is] };
  const before: readonly Reaction[] = was ? [was] : beforeEnd[is];
  const takes = before.map((reaction) => ({ channel, timestamp, name: names[reaction] }));
  const doing = 'setting a reaction in Slack';
  await Promise.allSettled([
    again(() => api(doing, (client) => client.reactions.add(put))),
    ...takes.map((take) => again(() => api(doing, (client) => client.reactions.remove(take)))),
  ]);
}

const beforeEnd: Readonly<Record<Reaction, readonly Reaction[]>> = {
  working: [],
  failed: ['working', 'done'],
  done: ['working', 'failed'],
};

/** A deferred call is retried a few times: a 👀 that stays forever would say that the bot is still working. */
async function again(step: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return void (await step());
    } catch (fault) {
      const passes = fault instanceof ChatFault && (fault.kind === 'throttled' || fault.kind === 'unavailable');
      if (!passes || tries === maxTries) throw fault;
      await pause(fault.retryAfterMs ?? 1000 * 2 ** tries);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => void setTimeout(done, ms).unref());
}
