import { LRUCache } from 'lru-cache';

/** How many channels are remembered; an old one's pause is long over. */
const maxChannels = 5_000;

/**
 * Rate limit for the edits in one channel. `take` returns 0 and takes the slot, or says how long the channel still has
 * to wait; meanwhile waiting edits collapse in the outbox to the newest state. An edit that was sent later than it took
 * its slot, on a busy machine, records that with `sent`: the wait starts then.
 */
export function channelPace(gapMs: number, now: () => number = () => performance.now()) {
  const last = new LRUCache<string, number>({ max: maxChannels });
  return {
    take(channel: string): number {
      const at = now();
      const rest = Math.ceil((last.get(channel) ?? -Infinity) + gapMs - at);
      if (rest > 0) return rest;
      last.set(channel, at);
      return 0;
    },
    sent: (channel: string) => void last.set(channel, now()),
  };
}
