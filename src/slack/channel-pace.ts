/** How many channels are remembered; an old one has had its pause long ago. */
const maxChannels = 5_000;

/**
 * Keeps the edits in one channel apart. `take` gives 0 and takes the moment, or tells how long the channel still has to
 * rest; what waits meanwhile collapses in the outbox to its newest state. An edit that went out later than it took its
 * moment, on a busy machine, notes that with `sent`: the rest begins then.
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
