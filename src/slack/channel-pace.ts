/** How many channels are remembered; an old one has had its pause long ago. */
const maxChannels = 5_000;

/**
 * Rate limit for the edits in one channel. `take` gives 0 and takes the slot, or says how long the channel still has to
 * wait; what waits in the meantime collapses in the outbox to its newest state. An edit that was sent later than it
 * took its slot, on a busy machine, records that with `sent`: the wait begins then.
 */
export function channelPace(gapMs: number, now: () => number = () => performance.now()) {
  const last = new Map<string, number>();
  const note = (channel: string, at: number) => {
    last.delete(channel);
    last.set(channel, at);
    for (const old of last.keys()) {
      if (last.size <= maxChannels) break;
      last.delete(old);
    }
  };
  return {
    take(channel: string): number {
      const at = now();
      const rest = Math.ceil((last.get(channel) ?? -Infinity) + gapMs - at);
      if (rest > 0) return rest;
      note(channel, at);
      return 0;
    },
    sent: (channel: string) => note(channel, now()),
  };
}
